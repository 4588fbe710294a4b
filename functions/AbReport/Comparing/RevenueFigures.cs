using Aisle.AbReport.Figures;
using Aisle.AbReport.Results;
using Aisle.Sql;
using Aisle.Statistics;
using Aisle.Statistics.Quantiles;

namespace Aisle.AbReport.Comparing;

/// <summary>What the distribution of revenue over visitors tells: capped means, and a histogram.</summary>
internal static class RevenueFigures
{
    // Ranges that a page can show: powers of ten in thirds, from one unit on.
    private static readonly double[] Steps = [1, 2, 5];

    /// <summary>Revenue per visitor with the largest visitors capped at a quantile of all arms together; null
    /// where nobody bought.</summary>
    public static WinsorizedResult? Winsorized(ExperimentData data, string variant, double minorUnits, double level, AbReportOptions options)
    {
        string control = data.Experiment.Variants[0].Name;
        CountedValues all = CountedValues.Of(data.Experiment.Variants.SelectMany(arm => Amounts(data, arm.Name, minorUnits)));
        if (all.Count == 0)
        {
            return null;
        }

        double cap = all.Quantile(options.CapQuantile);
        CappedArm baseline = CountedValues.Of(Amounts(data, control, minorUnits)).CappedAt(cap);
        CappedArm judged = CountedValues.Of(Amounts(data, variant, minorUnits)).CappedAt(cap);
        return new WinsorizedResult(
            cap, baseline.Capped + judged.Capped,
            ArmComparison.OfMeans(
                ArmMean.FromSums(baseline.Count, baseline.Sum, baseline.SumOfSquares), ArmMean.FromSums(judged.Count, judged.Sum, judged.SumOfSquares), level));
    }

    /// <summary>Buyers by amount, in ranges that all variants share.</summary>
    public static IReadOnlyList<RevenueBar> Histogram(ExperimentData data, double minorUnits)
    {
        double most = data.Revenue.Count == 0 ? 0 : data.Revenue.Max(share => share.RevenueMinor) / minorUnits;
        List<double> edges = [0];
        for (double power = 1; edges[^1] <= most; power *= 10)
        {
            edges.AddRange(Steps.Select(step => step * power));
        }

        return
        [
            .. from variant in data.Experiment.Variants
               from edge in edges.Zip(edges.Skip(1))
               let visitors = data.Revenue.Where(share => share.Variant == variant.Name && share.RevenueMinor > 0
                   && share.RevenueMinor / minorUnits >= edge.First && share.RevenueMinor / minorUnits < edge.Second).Sum(share => share.Visitors)
               select new RevenueBar(variant.Name, edge.First, edge.Second, visitors),
        ];
    }

    // Visitors of the variant who neither bought nor gave back stand at 0.
    private static IEnumerable<(double, long)> Amounts(ExperimentData data, string variant, double minorUnits)
    {
        long paid = 0;
        foreach (RevenueShare share in data.Revenue.Where(share => share.Variant == variant))
        {
            paid += share.Visitors;
            yield return (share.RevenueMinor / minorUnits, share.Visitors);
        }

        yield return (0, Math.Max(data.ArmOf(variant).Visitors - paid, 0));
    }
}
