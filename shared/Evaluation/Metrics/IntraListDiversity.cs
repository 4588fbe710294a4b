using System.Numerics.Tensors;
using Aisle.Factorization;

namespace Aisle.Evaluation.Metrics;

/// <summary>Intra-list diversity: how unlike each other the items of one slate are.</summary>
public static class IntraListDiversity
{
    /// <summary>The mean of 1 − cosine over all pairs among the first k items.</summary>
    /// <param name="slate">Item indexes, best first.</param>
    /// <param name="embeddings">One row for each item; rows need not be of unit length. A zero row means that
    /// nothing is known of the item.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, 2], or null when fewer than two of the items have an embedding: one item is neither diverse nor not.</returns>
    /// <remarks>Smyth and McClave (2001). O(k²·f).</remarks>
    public static double? AtK(ReadOnlySpan<int> slate, FactorMatrix embeddings, int k)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        ReadOnlySpan<int> cut = Hits.Cut(slate, k);
        double sum = 0;
        int pairs = 0;
        for (int first = 0; first < cut.Length; first++)
        {
            for (int second = first + 1; second < cut.Length; second++)
            {
                if (Distance(embeddings[cut[first]], embeddings[cut[second]]) is { } distance)
                {
                    sum += distance;
                    pairs++;
                }
            }
        }

        return pairs == 0 ? null : sum / pairs;
    }

    private static double? Distance(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        double length = Math.Sqrt((double)TensorPrimitives.SumOfSquares(left) * TensorPrimitives.SumOfSquares(right));
        return length == 0 ? null : 1 - Math.Clamp(TensorPrimitives.Dot(left, right) / length, -1, 1);
    }
}
