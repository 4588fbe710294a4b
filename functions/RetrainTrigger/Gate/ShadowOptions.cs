namespace Aisle.RetrainTrigger.Gate;

/// <summary>How the new model's slates are held against the serving model's before the pointer is flipped.</summary>
public sealed record ShadowOptions
{
    /// <summary>How many shoppers are asked at most. Default 200; 0 leaves the diff out.</summary>
    public int Users { get; init; } = 200;

    /// <summary>How many places of a slate are compared. Default 10.</summary>
    public int K { get; init; } = 10;

    /// <summary>What part of their slates the two models must share on average. Default 0.02; in [0, 1].</summary>
    public double MinOverlap { get; init; } = 0.02;

    /// <summary>By which share the mean price of what is shown may move, up or down. Default 0.5.</summary>
    public double MaxPriceShift { get; init; } = 0.5;

    /// <summary>What part of the places may go to other categories (total variation distance). Default 0.6; in [0, 1].</summary>
    public double MaxCategoryShift { get; init; } = 0.6;

    /// <summary>From which population stability index on a drift is named and alerted. Default 0.25, the usual
    /// mark of a major shift.</summary>
    public double MaxStabilityIndex { get; init; } = 0.25;

    /// <summary>What the sample of shoppers follows from. Default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
