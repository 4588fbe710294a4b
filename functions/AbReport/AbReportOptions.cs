namespace Aisle.AbReport;

/// <summary>How experiments are judged.</summary>
public sealed record AbReportOptions
{
    /// <summary>The two-sided error of each decision. Default 0.05; in (0, 0.5).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Before this many days nothing is decided: weekdays and weekends must both be in, twice. Default 14.</summary>
    public int MinimumDays { get; init; } = 14;
}
