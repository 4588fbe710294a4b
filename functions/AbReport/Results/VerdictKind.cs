namespace Aisle.AbReport.Results;

/// <summary>What to do with an experiment.</summary>
public enum VerdictKind
{
    /// <summary>A variant is better in the primary goal, and harms no guardrail.</summary>
    Ship,

    /// <summary>No variant is better, or one is worse.</summary>
    DoNotShip,

    /// <summary>Nothing can be said yet.</summary>
    KeepRunning,

    /// <summary>Nothing can be said at all, or a guardrail is harmed.</summary>
    Invalid,
}
