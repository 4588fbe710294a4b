using Aisle.Statistics.Coverage;

namespace Aisle.AbReport.Results;

/// <summary>How much of the catalogue a variant shows, against the control at equal exposure.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Comparison">The figures.</param>
public sealed record CoverageResult(string Variant, CoverageComparison Comparison);
