namespace Aisle.Evaluation.Metrics;

/// <summary>Average precision@k: the precision at each hit, averaged; its mean over users is MAP@k.</summary>
public static class AveragePrecision
{
    /// <summary>Sums precision@rank over the ranks that hit and divides by the most hits there could be.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, 1], or null when the holdout is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    /// <remarks>Divided by min(k, |holdout|), so that a perfect list reaches 1 whatever the size of the holdout.</remarks>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k)
    {
        if (!Hits.CanJudge(holdout, k))
        {
            return null;
        }

        double sum = 0;
        int hits = 0;
        for (int rank = 1; rank <= Math.Min(k, slate.Length); rank++)
        {
            if (holdout.Contains(slate[rank - 1]))
            {
                hits++;
                sum += (double)hits / rank;
            }
        }

        return sum / Math.Min(k, holdout.Count);
    }
}
