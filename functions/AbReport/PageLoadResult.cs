using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>A quantile of page load times of one variant against the control, page loads of one visitor hanging together.</summary>
/// <param name="Quantile">Which, in (0, 1).</param>
/// <param name="Variant">The variant.</param>
/// <param name="Comparison">The figures, in milliseconds.</param>
/// <param name="Verdict">Unharmed, harmed, keep running, or no answer.</param>
public sealed record PageLoadResult(double Quantile, string Variant, QuantileComparison Comparison, MetricVerdict Verdict);
