namespace Aisle.Statistics.Calibration;

/// <summary>How a metric's users are compared.</summary>
public enum UserMetricKind
{
    /// <summary>The mean of a value: Welch's test.</summary>
    Mean,

    /// <summary>The share of users who did something: the pooled test of two proportions.</summary>
    Share,

    /// <summary>A ratio of two sums: Welch's test of the linearised users.</summary>
    Ratio,
}
