using System.Text.Json;
using Aisle.Experiments;

namespace Aisle.AbReport.Requests;

/// <summary>Divides all buckets between variants that a caller gave weights instead of ranges.</summary>
internal static class VariantWeights
{
    /// <summary>
    /// The edges between the variants' ranges, one more than there are variants, from 0 to
    /// <see cref="Assignment.Buckets"/>: each cumulated share, rounded to a bucket, so that no variant is more than a
    /// bucket off its share. Null when some variant has no positive, finite weight.
    /// </summary>
    public static int[]? Edges(IReadOnlyList<JsonElement> variants)
    {
        double[] weights = [.. variants.Select(Weight)];
        double total = weights.Sum();
        if (weights.Any(weight => weight <= 0) || !double.IsFinite(total))
        {
            return null;
        }

        int[] edges = new int[weights.Length + 1];
        double reached = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            reached += weights[i];
            edges[i + 1] = (int)Math.Round(reached / total * Assignment.Buckets, MidpointRounding.AwayFromZero);
        }

        return edges;
    }

    private static double Weight(JsonElement variant) =>
        variant.ValueKind == JsonValueKind.Object && variant.TryGetProperty("weight", out JsonElement value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double weight) ? weight : 0;
}
