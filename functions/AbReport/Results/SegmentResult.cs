using Aisle.Statistics;

namespace Aisle.AbReport.Results;

/// <summary>The primary goal among the visitors of one segment.</summary>
/// <param name="Dimension">What they are divided by: <c>device</c>, <c>visitor</c>, <c>age</c>, <c>location</c>
/// or <c>exposed in week</c>.</param>
/// <param name="Segment">Which part.</param>
/// <param name="Variant">The variant.</param>
/// <param name="Visitors">Visitors of both arms.</param>
/// <param name="Comparison">The comparison, its interval at the level that the correction leaves.</param>
/// <param name="AdjustedPValue">p adjusted over all segments and variants (Benjamini-Hochberg); null without p.</param>
public sealed record SegmentResult(string Dimension, string Segment, string Variant, long Visitors, ArmComparison Comparison, double? AdjustedPValue);
