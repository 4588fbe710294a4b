namespace Aisle.Statistics.Quantiles;

/// <summary>Quantiles of sorted values.</summary>
internal static class Percentile
{
    /// <summary>Linear between order statistics: type 7 of Hyndman and Fan (1996).</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">In [0, 1].</param>
    public static double Linear(IReadOnlyList<double> sorted, double share)
    {
        double place = (sorted.Count - 1) * share;
        int below = (int)Math.Floor(place);
        int above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>The smallest value with at least the share at or below it: type 1 of Hyndman and Fan (1996).</summary>
    /// <param name="sorted">Ascending, at least one.</param>
    /// <param name="share">In [0, 1].</param>
    public static double Inverse(IReadOnlyList<double> sorted, double share)
    {
        // A product that is whole but for rounding is whole.
        double place = sorted.Count * share;
        double whole = Math.Round(place);
        int rank = (int)(Math.Abs(place - whole) < 1e-9 * Math.Max(1, place) ? whole : Math.Ceiling(place));
        return sorted[Math.Clamp(rank, 1, sorted.Count) - 1];
    }
}
