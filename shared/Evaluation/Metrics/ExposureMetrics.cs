namespace Aisle.Evaluation.Metrics;

/// <summary>Metrics of all slates together: who gets shown at all, and how unequally.</summary>
internal static class ExposureMetrics
{
    /// <summary>The share of the items sold that counts as the head.</summary>
    private const double HeadShare = 0.2;

    /// <summary>Coverage, its ceiling, the Gini coefficient and the tail's share of the places.</summary>
    /// <param name="slates">Item indexes of each user's slate.</param>
    /// <param name="buyers">For each item how many users had it in training; items without any are not part of
    /// the catalogue that coverage is of.</param>
    /// <param name="k">How many places a slate has.</param>
    public static Dictionary<Metric, double?> Of(int[][] slates, int[] buyers, int k)
    {
        int[] exposures = new int[buyers.Length];
        foreach (int item in slates.SelectMany(slate => slate))
        {
            exposures[item]++;
        }

        int[] sold = [.. Enumerable.Range(0, buyers.Length).Where(item => buyers[item] > 0).OrderByDescending(item => buyers[item]).ThenBy(item => item)];
        int[] soldExposures = [.. sold.Select(item => exposures[item])];
        Coverage coverage = Coverage.Of(soldExposures, (long)slates.Length * k);
        return new Dictionary<Metric, double?>
        {
            [Metric.Coverage] = coverage.Share,
            [Metric.CoverageCeiling] = coverage.Ceiling,
            [Metric.Gini] = Gini.Of(soldExposures),
            [Metric.TailShare] = TailShare(exposures, soldExposures),
        };
    }

    private static double? TailShare(int[] exposures, int[] soldExposures)
    {
        long all = exposures.Sum(count => (long)count);
        long head = soldExposures.Take((int)Math.Ceiling(HeadShare * soldExposures.Length)).Sum(count => (long)count);
        return all == 0 ? null : 1 - ((double)head / all);
    }
}
