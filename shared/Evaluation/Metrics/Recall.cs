namespace Aisle.Evaluation.Metrics;

/// <summary>Recall@k: which share of what the user chose was among the first k.</summary>
public static class Recall
{
    /// <summary>Hits among the first k, divided by the size of the holdout.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, 1], or null when the holdout is empty. Below 1 for certain when the holdout is longer than k.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k) =>
        Hits.CanJudge(holdout, k) ? (double)Hits.Count(slate, holdout, k) / holdout.Count : null;
}
