namespace Aisle.Evaluation.Metrics;

/// <summary>Hit rate@k: whether the first k held anything that the user chose.</summary>
public static class HitRate
{
    /// <summary>1 if at least one of the first k is in the holdout, else 0; its mean over users is HR@k.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>0 or 1, or null when the holdout is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k) =>
        Hits.CanJudge(holdout, k) ? (Hits.Count(slate, holdout, k) > 0 ? 1 : 0) : null;
}
