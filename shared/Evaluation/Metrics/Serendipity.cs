namespace Aisle.Evaluation.Metrics;

/// <summary>Serendipity@k: which share of the places held something the user chose that neither popularity nor
/// habit would have shown.</summary>
public static class Serendipity
{
    /// <summary>Unexpected hits among the first k, divided by k.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="expected">What a list of the most popular items, or of the user's own category, would have shown.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, precision@k], or null when the holdout is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    /// <remarks>Ge, Delgado-Battenfeld and Jannach (2010), "Beyond accuracy", with usefulness judged by the holdout.</remarks>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, IReadOnlySet<T> expected, int k)
    {
        ArgumentNullException.ThrowIfNull(expected);
        if (!Hits.CanJudge(holdout, k))
        {
            return null;
        }

        int hits = 0;
        foreach (T item in Hits.Cut(slate, k))
        {
            hits += holdout.Contains(item) && !expected.Contains(item) ? 1 : 0;
        }

        return (double)hits / k;
    }
}
