namespace Aisle.AbReport.Results;

/// <summary>What one metric says about one variant.</summary>
public enum MetricVerdict
{
    /// <summary>Nothing yet: the interval still holds 0, or too few days have passed.</summary>
    KeepRunning,

    /// <summary>Significantly higher than the control: p and interval both say so.</summary>
    Higher,

    /// <summary>Significantly lower than the control: p and interval both say so.</summary>
    Lower,

    /// <summary>p and interval do not agree.</summary>
    Borderline,

    /// <summary>Of a guardrail: at worst its margin worse than the control.</summary>
    Unharmed,

    /// <summary>Of a guardrail: significantly worse than the control, and not shown to stay within the margin.</summary>
    Harmed,

    /// <summary>It cannot say: no data, no variance, or arms of the wrong size.</summary>
    NoAnswer,
}
