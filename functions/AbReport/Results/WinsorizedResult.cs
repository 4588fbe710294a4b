using Aisle.Statistics;

namespace Aisle.AbReport.Results;

/// <summary>Revenue per visitor with the largest visitors capped at a quantile of all arms together.</summary>
/// <param name="Cap">The cap, in units of the currency.</param>
/// <param name="Capped">How many visitors were above it, in both arms.</param>
/// <param name="Comparison">Welch's test of the capped means.</param>
public sealed record WinsorizedResult(double Cap, long Capped, ArmComparison Comparison);
