using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>One metric of one variant against the control.</summary>
/// <param name="Metric">Its name, such as <c>revenue_per_user</c>.</param>
/// <param name="Unit">What it is counted in, such as <c>EUR</c> or <c>share</c>.</param>
/// <param name="Variant">The variant that is judged.</param>
/// <param name="Comparison">The figures.</param>
/// <param name="Verdict">What they mean.</param>
public sealed record MetricResult(string Metric, string Unit, string Variant, ArmComparison Comparison, MetricVerdict Verdict);
