namespace Aisle.ColdStart;

/// <summary>How popularity is counted and how far it may be split into cohorts.</summary>
public sealed record PopularityOptions
{
    /// <summary>How many shoppers a cohort needs before its popularity is used; default 50, at least 1. Smaller cohorts would be
    /// noise, and could give away a person.</summary>
    public int CohortFloor { get; init; } = 50;

    /// <summary>How many products are kept for each cohort; default 500, at least 1.</summary>
    public int CohortLength { get; init; } = 500;

    /// <summary>How long "recent" is for trending; default 7 days.</summary>
    public TimeSpan TrendWindow { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Shoppers added to both sides of a lift, so that two shoppers are no trend; default 5, at least 0.</summary>
    public double TrendShrinkage { get; init; } = 5;

    /// <summary>How many recent shoppers a trending product has at least; default 3.</summary>
    public int TrendFloor { get; init; } = 3;

    /// <summary>How many trending products are kept; default 200, at least 1.</summary>
    public int TrendLength { get; init; } = 200;
}
