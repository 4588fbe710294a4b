namespace Aisle.Evaluation.Metrics;

/// <summary>Precision@k: which share of the k places was well used.</summary>
public static class Precision
{
    /// <summary>Hits among the first k, divided by k.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>: empty places count as misses.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, 1], or null when the holdout is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k) =>
        Hits.CanJudge(holdout, k) ? (double)Hits.Count(slate, holdout, k) / k : null;
}
