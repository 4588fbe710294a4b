using Aisle.Sql;

namespace Aisle.AbReport.Metrics;

/// <summary>A quantile of the values of a measure, such as the 95th percentile of page load times.</summary>
/// <param name="Measure">Whose values.</param>
/// <param name="Share">Which quantile, in (0, 1).</param>
public sealed record ValueQuantile(ExperimentMeasure Measure, double Share);
