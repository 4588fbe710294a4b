using System.Globalization;
using Aisle.AbReport.Figures;
using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Sql;
using Aisle.Statistics;

namespace Aisle.AbReport.Comparing;

/// <summary>Looks at the primary goal in parts of the visitors, corrected for their number.</summary>
internal static class Segments
{
    private const long LeastVisitors = 100;
    private const int MostOfDimension = 12;

    /// <summary>The primary goal by device, by new and returning visitors, by age bracket and location, and by week of exposure.</summary>
    /// <remarks>A device is seen after the exposure, so a variant could change it; everything else is known before.</remarks>
    public static IReadOnlyList<SegmentResult> Of(ExperimentData data, MetricDefinition primary, MetricJudge judge, AbReportOptions options)
    {
        (string Dimension, string Segment, string Variant, ArmSums Control, ArmSums Treatment)[] arms =
        [
            .. from part in Parts(data)
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

    // A dimension with one value only would say the headline again, at another level.
    private static IEnumerable<(string Dimension, string Segment, Func<ExperimentArmsRow, bool> Belongs)> Parts(ExperimentData data) => All(data)
        .Where(part => data.Arms.Any(row => row.Standing == "counted" && part.Belongs(row)))
        .GroupBy(part => part.Dimension)
        .Where(parts => parts.Skip(1).Any())
        .SelectMany(parts => parts);

    private static IEnumerable<(string Dimension, string Segment, Func<ExperimentArmsRow, bool> Belongs)> All(ExperimentData data) =>
    [
        .. Values(data, "device", row => row.Device),
        ("visitor", "new", row => !row.IsReturning),
        ("visitor", "returning", row => row.IsReturning),
        .. Values(data, "age", row => row.AgeBracket),
        .. Values(data, "location", row => row.Location),
        .. Values(data, "exposed in week", row => (row.Week + 1).ToString(CultureInfo.InvariantCulture)),
    ];

    // The largest ones, in the order of their names.
    private static IEnumerable<(string, string, Func<ExperimentArmsRow, bool>)> Values(ExperimentData data, string dimension, Func<ExperimentArmsRow, string?> value) =>
        data.Arms.Where(row => row.Standing == "counted" && value(row) is not null)
            .GroupBy(row => value(row)!)
            .OrderByDescending(rows => rows.Sum(row => row.Visitors))
            .Take(MostOfDimension)
            .Select(rows => rows.Key)
            .Order(StringComparer.Ordinal)
            .Select(key => (dimension, key, (Func<ExperimentArmsRow, bool>)(row => value(row) == key)));
}
