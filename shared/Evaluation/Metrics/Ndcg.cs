namespace Aisle.Evaluation.Metrics;

/// <summary>Normalized discounted cumulative gain@k: hits count for less the further down they stand, relative to
/// the best list there could be.</summary>
public static class Ndcg
{
    /// <summary>The discounted gain of the first k, divided by that of the ideal list.</summary>
    /// <param name="slate">Best first, no item twice; may be shorter than <paramref name="k"/>.</param>
    /// <param name="holdout">The items the user went on to choose.</param>
    /// <param name="k">The cut, positive.</param>
    /// <returns>In [0, 1], or null when the holdout is empty: that user has no NDCG and is left out of the mean.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    /// <remarks>Järvelin and Kekäläinen (2002), with gain 1 for a hit and discount 1 / log2(rank + 1). The ideal list has min(k, |holdout|)
    /// hits whatever the slate's length, so a short slate is not flattered.</remarks>
    public static double? AtK<T>(ReadOnlySpan<T> slate, IReadOnlySet<T> holdout, int k)
    {
        if (!Hits.CanJudge(holdout, k))
        {
            return null;
        }

        double gain = 0;
        for (int rank = 1; rank <= Math.Min(k, slate.Length); rank++)
        {
            gain += holdout.Contains(slate[rank - 1]) ? Discount(rank) : 0;
        }

        double ideal = 0;
        for (int rank = 1; rank <= Math.Min(k, holdout.Count); rank++)
        {
            ideal += Discount(rank);
        }

        return gain / ideal;
    }

    private static double Discount(int rank) => 1 / Math.Log2(rank + 1);
}
