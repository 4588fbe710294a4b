namespace Aisle.Statistics.OffPolicy;

/// <summary>Whether the log can say what a proposed policy would have earned, and if not, why. A refusal leaves the
/// diagnostics, never an estimate.</summary>
public enum OffPolicyStatus
{
    /// <summary>The estimates are there.</summary>
    Ok,

    /// <summary>A figure of the log cannot be; the problem names it.</summary>
    InvalidInput,

    /// <summary>There is no decision.</summary>
    NoData,

    /// <summary>There is one user: nothing to tell chance by.</summary>
    InsufficientData,

    /// <summary>The proposed policy would too often show what the running one never could: the log knows nothing of it.</summary>
    NoSupport,

    /// <summary>The weights do not average to 1 as they must: the logged propensities are not those with which
    /// the items were shown.</summary>
    WrongPropensities,

    /// <summary>A few heavy decisions carry the estimate: the policies are too far apart for this log.</summary>
    TooFewEffective,
}
