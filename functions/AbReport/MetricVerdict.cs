namespace Aisle.AbReport;

/// <summary>What one metric says about one variant.</summary>
public enum MetricVerdict
{
    /// <summary>Nothing yet: the interval still holds 0, or too few days have passed.</summary>
    KeepRunning,

    /// <summary>Significantly higher than the control.</summary>
    Higher,

    /// <summary>Significantly lower than the control.</summary>
    Lower,

    /// <summary>It cannot say: no data, no variance, or arms of the wrong size.</summary>
    NoAnswer,
}
