using Aisle.AbReport.Figures;
using Aisle.AbReport.Results;
using Aisle.Sql;
using Aisle.Statistics;
using Aisle.Statistics.Lift;
using Aisle.Statistics.Sequential;

namespace Aisle.AbReport.Comparing;

/// <summary>Follows the primary goal, revenue per visitor, day by day from statistics buckets.</summary>
internal static class LiftSeries
{
    /// <summary>The cumulated lift of each variant at the end of each day.</summary>
    /// <param name="data">The days.</param>
    /// <param name="plannedDays">Days from the start to the planned end, positive.</param>
    /// <param name="options">How it is judged.</param>
    public static IReadOnlyList<LiftPoint> Of(ExperimentData data, double plannedDays, AbReportOptions options)
    {
        int last = data.Days.Count == 0 ? -1 : (int)data.Days.Max(day => day.Day);
        double[] bounds = Bounds(last + 1, plannedDays, options.Alpha);
        Dictionary<string, ArmRatio[]> reached = data.Experiment.Variants.ToDictionary(
            variant => variant.Name, _ => Enumerable.Repeat(new ArmRatio(0, 0, 0, 0, 0, 0), (int)options.Buckets).ToArray());
        ILookup<long, ExperimentDay> days = data.Days.ToLookup(day => day.Day);
        List<LiftPoint> points = [];
        string control = data.Experiment.Variants[0].Name;
        for (int day = 0; day <= last; day++)
        {
            foreach (ExperimentDay added in days[day].Where(added => reached.ContainsKey(added.Variant)))
            {
                ArmRatio bucket = reached[added.Variant][added.Bucket];
                reached[added.Variant][added.Bucket] = bucket with
                {
                    Count = bucket.Count + added.Visitors,
                    SumNumerator = bucket.SumNumerator + added.RevenueMinor,
                    SumDenominator = bucket.SumDenominator + added.Visitors,
                };
            }

            points.AddRange(data.Experiment.Variants.Skip(1).Select(
                variant => Point(variant.Name, day + 1, reached[control], reached[variant.Name], bounds[day])));
        }

        return points;
    }

    private static LiftPoint Point(string variant, int day, ArmRatio[] control, ArmRatio[] treatment, double bound)
    {
        BucketedRatio baseline = BucketedRatio.Of(control);
        BucketedRatio judged = BucketedRatio.Of(treatment);
        long visitors = (long)(baseline.Totals.Count + judged.Totals.Count);
        if (baseline.Ratio is not { } m || judged.Ratio is not { } t || m == 0)
        {
            return new LiftPoint(variant, day, visitors, null, null, null);
        }

        FiellerInterval interval = baseline.BucketError is { } v && judged.BucketError is { } w && v + w > 0 && double.IsFinite(bound)
            ? FiellerInterval.Of(m, t, v * v, w * w, bound)
            : new FiellerInterval(null, null, null, null);
        return new LiftPoint(variant, day, visitors, (t - m) / Math.Abs(m), interval.Low, interval.High);
    }

    // One design for all days: its boundary at each is what a daily look must cross.
    private static double[] Bounds(int days, double plannedDays, double alpha)
    {
        int planned = Math.Max((int)Math.Ceiling(plannedDays), 1);
        if (planned > MostDays)
        {
            return [.. Enumerable.Repeat(double.PositiveInfinity, days)];
        }

        GroupSequentialDesign design = GroupSequentialDesign.Of(
            [.. Enumerable.Range(1, planned).Select(day => (double)day / planned)], alpha, SpendingFunction.OBrienFleming, isTwoSided: true);
        return [.. Enumerable.Range(0, days).Select(day => design.Bounds[Math.Min(day, planned - 1)])];
    }

    // Beyond this a daily design costs more than it tells; the page then shows the line without a band.
    private const int MostDays = 120;
}
