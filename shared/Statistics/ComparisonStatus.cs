namespace Aisle.Statistics;

/// <summary>Whether a comparison of two arms has an answer, and if not, why. No answer is a status, never p = 1.</summary>
public enum ComparisonStatus
{
    /// <summary>All figures are there.</summary>
    Ok,

    /// <summary>A figure was not a number, infinite or negative where it must not be; nothing is filled.</summary>
    InvalidInput,

    /// <summary>An arm has no users.</summary>
    NoData,

    /// <summary>A ratio's denominator is 0 in an arm.</summary>
    ZeroDenominator,

    /// <summary>The control is 0, so that there is no lift over it; absolute figures are there.</summary>
    ZeroBaseline,

    /// <summary>An arm has one user: there is no variance.</summary>
    InsufficientData,

    /// <summary>Nothing varies: there is no test.</summary>
    ZeroVariance,
}
