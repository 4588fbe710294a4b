namespace Aisle.Evaluation.Metrics;

/// <summary>Reciprocal rank@k: how early the first hit comes; its mean over users is MRR@k.</summary>
public static class ReciprocalRank
{
    /// <summary>1 / rank of the first hit among the first k, or 0 without a hit.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, 1], or null when the holdout is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k)
    {
        if (!Hits.CanJudge(holdout, k))
        {
            return null;
        }

        for (int rank = 1; rank <= Math.Min(k, slate.Length); rank++)
        {
            if (holdout.Contains(slate[rank - 1]))
            {
                return 1.0 / rank;
            }
        }

        return 0;
    }
}
