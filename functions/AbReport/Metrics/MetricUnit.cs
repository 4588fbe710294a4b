namespace Aisle.AbReport.Metrics;

/// <summary>What a metric is counted in.</summary>
public enum MetricUnit
{
    /// <summary>The shop's currency.</summary>
    Money,

    /// <summary>A share, 0.02 being 2 %.</summary>
    Share,

    /// <summary>A plain number.</summary>
    Number,

    /// <summary>Seconds.</summary>
    Seconds,

    /// <summary>Milliseconds.</summary>
    Milliseconds,
}
