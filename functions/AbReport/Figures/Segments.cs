using System.Globalization;
using Aisle.AbReport.Metrics;
using Aisle.Sql;
using Aisle.Statistics;

namespace Aisle.AbReport.Figures;

/// <summary>Looks at the primary goal in parts of the visitors, corrected for their number.</summary>
internal static class Segments
{
    private const long LeastVisitors = 100;

    /// <summary>The primary goal by device, by new and returning visitors, and by week of exposure.</summary>
    /// <remarks>A device is seen after the exposure, so a variant could change it; being new or returning is known before.</remarks>
    public static IReadOnlyList<SegmentResult> Of(ExperimentData data, MetricDefinition primary, MetricJudge judge, AbReportOptions options)
    {
        List<(string Dimension, string Segment, Func<ExperimentArmsRow, bool> Belongs)> parts =
        [
            .. Values(data, row => row.Device).Select(device => ("device", device, By(row => row.Device == device))),
            ("visitor", "new", row => !row.IsReturning),
            ("visitor", "returning", row => row.IsReturning),
            .. Values(data, row => row.Week.ToString(CultureInfo.InvariantCulture)).Select(
                week => ("exposed in week", WeekName(week), By(row => row.Week.ToString(CultureInfo.InvariantCulture) == week))),
        ];
        (string Dimension, string Segment, string Variant, ArmSums Control, ArmSums Treatment)[] arms =
        [
            .. from part in parts
               from variant in data.Experiment.Variants.Skip(1)
               let control = data.Collect(row => row.Variant == data.Experiment.Variants[0].Name && part.Belongs(row))
               let treatment = data.Collect(row => row.Variant == variant.Name && part.Belongs(row))
               where control.Visitors >= LeastVisitors && treatment.Visitors >= LeastVisitors
               select (part.Dimension, part.Segment, variant.Name, control, treatment),
        ];
        MultipleTests family = MultipleTests.BenjaminiHochberg(
            [.. arms.Select(arm => judge.Compare(primary, arm.Control, arm.Treatment, options.Alpha).PValue)], options.Alpha);
        return
        [
            .. arms.Select((arm, i) => new SegmentResult(
                arm.Dimension, arm.Segment, arm.Variant, arm.Control.Visitors + arm.Treatment.Visitors,
                judge.Compare(primary, arm.Control, arm.Treatment, family.Levels[i] ?? options.Alpha), family.Adjusted[i])),
        ];
    }

    private static Func<ExperimentArmsRow, bool> By(Func<ExperimentArmsRow, bool> belongs) => belongs;

    private static IEnumerable<string> Values(ExperimentData data, Func<ExperimentArmsRow, string> value) =>
        data.Arms.Where(row => row.Standing == "counted").Select(value).Distinct().Order(StringComparer.Ordinal);

    private static string WeekName(string week) => (int.Parse(week, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
}
