namespace Aisle.RetrainTrigger.Drift;

/// <summary>When what shoppers are shown, or how often they click it, counts as other than before.</summary>
public sealed record DriftOptions
{
    /// <summary>How many days before the day that is looked at are what it is held against. Default 28, so that each day
    /// of the week is in it four times.</summary>
    public int BaselineDays { get; init; } = 28;

    /// <summary>How many slates the day needs, and the days before it together. Default 500; below that nothing is said.</summary>
    public long MinSlates { get; init; } = 500;

    /// <summary>From which population stability index on a drift is alerted. Default 0.25, the usual mark of a major shift.</summary>
    public double MaxStabilityIndex { get; init; } = 0.25;

    /// <summary>By which share the day's click rate may lie below that of the days before. Default 0.25; in [0, 1].</summary>
    public double MaxClickDrop { get; init; } = 0.25;
}
