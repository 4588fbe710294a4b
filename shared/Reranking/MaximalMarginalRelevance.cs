using System.Numerics.Tensors;
using Aisle.Factorization;
using Aisle.Factorization.Scoring;

namespace Aisle.Reranking;

/// <summary>Picks a list in which each product is relevant and says something that the ones before it do not.</summary>
/// <remarks>Carbonell and Goldstein (1998): argmax λ·rel(i) − (1 − λ)·max over picked s of cos(i, s). Relevance is
/// first scaled to 0..1 over the candidates, so that λ means the same for every shopper. The maximum runs along with
/// the picks: O(k·n·d), no allocation.</remarks>
public static class MaximalMarginalRelevance
{
    /// <summary>Picks the best positions among the candidates.</summary>
    /// <param name="items">The candidates, by their row in <paramref name="embeddings"/>; n of them.</param>
    /// <param name="relevance">The score of each, finite, in any scale.</param>
    /// <param name="embeddings">Unit rows, or zero rows for products without content, which are like nothing.</param>
    /// <param name="lambda">λ in [0, 1]: 1 is the plain ranking, 0 looks at diversity alone after the first pick.</param>
    /// <param name="selected">Receives positions in <paramref name="items"/>, best first; its length k is how
    /// many are picked, and may exceed n.</param>
    /// <param name="scratch">At least 2·n numbers, overwritten.</param>
    /// <returns>How many were picked: min(k, n). Ties go to the earlier candidate.</returns>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lambda"/> is outside [0, 1].</exception>
    public static int Select(
        ReadOnlySpan<int> items, ReadOnlySpan<float> relevance, FactorMatrix embeddings, double lambda, Span<int> selected, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return Select(items, relevance, new ExactCosines(embeddings), lambda, selected, scratch);
    }

    /// <summary>The same by embeddings rounded to 8 bits; see <see cref="QuantizedRows"/> for how far a cosine may be off.</summary>
    /// <inheritdoc cref="Select(ReadOnlySpan{int}, ReadOnlySpan{float}, FactorMatrix, double, Span{int}, Span{float})"/>
    public static int Select(
        ReadOnlySpan<int> items, ReadOnlySpan<float> relevance, QuantizedRows embeddings, double lambda, Span<int> selected, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        return Select(items, relevance, new RoundedCosines(embeddings), lambda, selected, scratch);
    }

    private static int Select<TCosines>(
        ReadOnlySpan<int> items, ReadOnlySpan<float> relevance, TCosines cosines, double lambda, Span<int> selected, Span<float> scratch)
        where TCosines : struct, ICosines
    {
        int count = items.Length;
        if (relevance.Length != count || scratch.Length < 2 * count)
        {
            throw new ArgumentException($"{count} candidates need as many relevances and {2 * count} numbers of scratch.", nameof(scratch));
        }

        if (!(lambda is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ must be in 0 … 1.");
        }

        Span<float> gains = scratch[..count];
        Span<float> redundancy = scratch.Slice(count, count);
        Scale(relevance, gains);
        TensorPrimitives.Multiply(gains, (float)lambda, gains);
        redundancy.Clear();
        int picks = Math.Min(selected.Length, count);
        for (int pick = 0; pick < picks; pick++)
        {
            int best = Best(gains, redundancy, (float)(1 - lambda));
            selected[pick] = best;
            gains[best] = float.NegativeInfinity;
            if (lambda < 1)
            {
                Remember(items, cosines, best, redundancy, first: pick == 0);
            }
        }

        return picks;
    }

    /// <summary>Scales to 0..1; equal scores all become 1.</summary>
    internal static void Scale(ReadOnlySpan<float> relevance, Span<float> scaled)
    {
        if (relevance.IsEmpty)
        {
            return;
        }

        float min = TensorPrimitives.Min(relevance);
        float range = TensorPrimitives.Max(relevance) - min;
        if (!(range > 0))
        {
            scaled.Fill(1);
            return;
        }

        TensorPrimitives.Subtract(relevance, min, scaled);
        TensorPrimitives.Divide(scaled, range, scaled);
    }

    private static int Best(ReadOnlySpan<float> gains, ReadOnlySpan<float> redundancy, float penalty)
    {
        int best = -1;
        float most = float.NegativeInfinity;
        for (int candidate = 0; candidate < gains.Length; candidate++)
        {
            float value = gains[candidate] - (penalty * redundancy[candidate]);
            if (value > most)
            {
                (best, most) = (candidate, value);
            }
        }

        return best;
    }

    private static void Remember<TCosines>(ReadOnlySpan<int> items, TCosines cosines, int picked, Span<float> redundancy, bool first)
        where TCosines : struct, ICosines
    {
        int item = items[picked];
        for (int candidate = 0; candidate < items.Length; candidate++)
        {
            float similarity = cosines.Of(item, items[candidate]);
            redundancy[candidate] = first ? similarity : Math.Max(redundancy[candidate], similarity);
        }
    }

    /// <summary>Where cosines come from; a struct, so that the loop is compiled for each.</summary>
    private interface ICosines
    {
        float Of(int first, int second);
    }

    private readonly struct ExactCosines(FactorMatrix embeddings) : ICosines
    {
        public float Of(int first, int second) => TensorPrimitives.Dot(embeddings[first], embeddings[second]);
    }

    private readonly struct RoundedCosines(QuantizedRows embeddings) : ICosines
    {
        public float Of(int first, int second) => embeddings.Dot(first, second);
    }
}
