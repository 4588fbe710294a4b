using Aisle.Factorization;

namespace Aisle.Reranking;

/// <summary>Picks a list whose products together span as much relevance and difference as possible: greedy maximum a posteriori
/// of a determinantal point process.</summary>
/// <remarks>Chen, Zhang and Zhou (2018), algorithm 1, on the kernel L_ij = q_i·q_j·cos(i, j) with q = exp(α·rel), α = λ / (2·(1 − λ)) and
/// relevance scaled to 0..1. A product without content is like nothing: its cosine with itself counts as 1. O(k²·n + k·n·d).</remarks>
public static class DeterminantalPointProcess
{
    /// <summary>A squared distance to the span of the picks below this share of its start is rounding.</summary>
    private const float Spanned = 1e-6f;

    /// <summary>How many numbers of scratch n candidates and k picks need.</summary>
    public static int ScratchLength(int candidates, int picks) => candidates * (picks + 3);

    /// <summary>Picks the best positions among the candidates.</summary>
    /// <param name="items">The candidates, by their row in <paramref name="embeddings"/>; n of them.</param>
    /// <param name="relevance">The score of each, finite, in any scale.</param>
    /// <param name="embeddings">Unit rows, or zero rows.</param>
    /// <param name="lambda">λ in [0, 1]: 0 looks at difference alone, 1 is the plain ranking.</param>
    /// <param name="selected">Receives positions in <paramref name="items"/>; its length k is how many are
    /// picked, and may exceed n.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> numbers for min(k, n) picks, overwritten.</param>
    /// <returns>How many were picked: min(k, n). When all that is left repeats what was picked, the rest follows by relevance.
    /// Ties go to the earlier candidate.</returns>
    public static int Select(
        ReadOnlySpan<int> items, ReadOnlySpan<float> relevance, FactorMatrix embeddings, double lambda, Span<int> selected, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        int n = items.Length;
        int picks = Math.Min(selected.Length, n);
        if (relevance.Length != n || scratch.Length < ScratchLength(n, picks))
        {
            throw new ArgumentException($"{n} candidates need as many relevances and {ScratchLength(n, picks)} numbers of scratch.", nameof(scratch));
        }

        if (!(lambda is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(lambda), lambda, "λ must be in 0 … 1.");
        }

        // Beyond this α the determinant no longer matters beside relevance and q would overflow.
        float alpha = (float)Math.Min(lambda / (2 * (1 - lambda)), 20);
        DeterminantalState state = new(items, embeddings, scratch[..n], scratch.Slice(n, n), scratch.Slice(2 * n, n), scratch.Slice(3 * n, n * picks));
        state.Start(relevance, alpha);
        for (int pick = 0; pick < picks; pick++)
        {
            int best = lambda < 1 ? state.Best(Spanned) : -1;
            selected[pick] = best >= 0 ? best : state.MostRelevant();
            state.Take(selected[pick], pick);
        }

        return picks;
    }
}
