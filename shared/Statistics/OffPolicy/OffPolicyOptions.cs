namespace Aisle.Statistics.OffPolicy;

/// <summary>How much of a log an off-policy estimate needs before it is given.</summary>
public sealed record OffPolicyOptions
{
    /// <summary>The two-sided error of the intervals. Default 0.05; in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The share of the proposed policy's mass without support from which there is no estimate. Default 0.05; in [0, 1].</summary>
    public double MostUnsupportedMass { get; init; } = 0.05;

    /// <summary>Below this many effective decisions there is no estimate. Default 100; not negative.</summary>
    public double LeastEffectiveDecisions { get; init; } = 100;

    /// <summary>How many standard errors the mean weight may be off before the propensities count as wrong. Default 4; positive.</summary>
    public double MostWeightErrors { get; init; } = 4;

    /// <summary>How far the mean weight may be off whatever its standard error, since propensities are logged
    /// rounded. Default 0.001; not negative.</summary>
    public double WeightTolerance { get; init; } = 0.001;
}
