namespace Aisle.AbReport.Metrics;

/// <summary>How a metric is made of what visitors did, and with it which test decides on it.</summary>
public enum MetricKind
{
    /// <summary>An amount per visitor: Welch's test.</summary>
    Mean,

    /// <summary>A share of visitors who did something: the pooled z test with Newcombe's interval.</summary>
    Proportion,

    /// <summary>A ratio of two sums, such as clicks over impressions: Welch's test of the linearised visitors.</summary>
    Ratio,

    /// <summary>A quantile of single values, such as page load times: the difference over a standard error that knows that one
    /// visitor's values hang together.</summary>
    Quantile,

    /// <summary>The share of the catalogue that was shown, in buckets of visitors at equal exposure: Welch's test of the buckets.</summary>
    Coverage,
}
