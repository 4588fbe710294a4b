namespace Aisle.Evaluation.Metrics;

/// <summary>Counts what the ranking metrics share: how many of the first k places of a slate the holdout confirms.</summary>
internal static class Hits
{
    /// <summary>How many of the first k items are in the holdout.</summary>
    public static int Count<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k)
    {
        int hits = 0;
        foreach (T item in Cut(slate, k))
        {
            hits += holdout.Contains(item) ? 1 : 0;
        }

        return hits;
    }

    /// <summary>The first k items, or all when there are fewer.</summary>
    public static ReadOnlySpan<T> Cut<T>(ReadOnlySpan<T> slate, int k) => slate[..Math.Min(k, slate.Length)];

    /// <summary>Whether the metric exists: it does not for a user of whom nothing was held out.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public static bool CanJudge<T>(IReadOnlySet<T> holdout, int k)
    {
        ArgumentNullException.ThrowIfNull(holdout);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return holdout.Count > 0;
    }
}
