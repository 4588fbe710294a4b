using Aisle.AbReport.Metrics;
using Aisle.Sql;

namespace Aisle.AbReport.Figures;

/// <summary>Which sums a list of metrics needs.</summary>
internal static class ReportSums
{
    private static readonly string[] HavePast =
        [.. ExperimentMeasure.AlwaysThere.Where(name => ExperimentMeasure.AlwaysThere.Contains(name + ExperimentMeasure.BeforeSuffix))];

    /// <summary>The measures beside those that are always there, each once.</summary>
    public static IReadOnlyList<ExperimentMeasure> Measures(IReadOnlyList<MetricDefinition> metrics) =>
        [.. ExperimentMeasure.Standard.Concat(metrics.SelectMany(metric => metric.Measures)).DistinctBy(measure => measure.Name)];

    /// <summary>The sums, each once.</summary>
    public static IReadOnlyList<ExperimentSum> Of(IReadOnlyList<MetricDefinition> metrics) =>
        [.. metrics.Where(metric => metric.IsOfSums).SelectMany(metric => Of(metric, metrics)).Distinct()];

    /// <summary>Whether the metric can be adjusted by the time before the exposure.</summary>
    public static bool HasPast(MetricDefinition metric, IReadOnlyList<MetricDefinition> metrics) =>
        metric.Kind is MetricKind.Mean or MetricKind.Ratio && HasPast(metric.Numerator, metrics) && (metric.Denominator is null || HasPast(metric.Denominator, metrics));

    private static bool HasPast(string measure, IReadOnlyList<MetricDefinition> metrics) =>
        HavePast.Contains(measure) || Measures(metrics).Any(known => known.Name == measure);

    private static IEnumerable<ExperimentSum> Of(MetricDefinition metric, IReadOnlyList<MetricDefinition> metrics)
    {
        List<string> names = [metric.Numerator];
        if (metric.Denominator is { } denominator)
        {
            names.Add(denominator);
        }

        if (HasPast(metric, metrics))
        {
            names.AddRange(names.Select(name => name + ExperimentMeasure.BeforeSuffix).ToArray());
        }

        return names.Select(name => new ExperimentSum(name, null))
            .Concat(from one in names from other in names select ExperimentSum.Product(one, other));
    }
}
