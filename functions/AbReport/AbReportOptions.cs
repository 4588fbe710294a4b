using Aisle.AbReport.Metrics;
using Aisle.Events;

namespace Aisle.AbReport;

/// <summary>How experiments are judged.</summary>
public sealed record AbReportOptions
{
    /// <summary>The two-sided error of the decision over all goals, variants and looks. Default 0.05; in (0, 0.5).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>Before this many days nothing is decided: weekdays and weekends must both be in, twice. Default 14.</summary>
    public int MinimumDays { get; init; } = 14;

    /// <summary>The smallest lift of the primary goal that is worth finding: what power and the users still
    /// needed are stated for. Default 0.05.</summary>
    public double SmallestLift { get; init; } = 0.05;

    /// <summary>A significant lift beyond this is flagged as too good to be true (Twyman's law). Default 0.5.</summary>
    public double TooGoodLift { get; init; } = 0.5;

    /// <summary>How the family of goals is corrected. Default Holm.</summary>
    public FamilyCorrection Correction { get; init; } = FamilyCorrection.Holm;

    /// <summary>The share of visitors logged with another variant than their bucket's from which the experiment
    /// is invalid. Default 0.001.</summary>
    public double MostWrongAssignments { get; init; } = 0.001;

    /// <summary>The share of visitors with several variants from which the experiment is invalid. Default 0.01.</summary>
    public double MostMixedVisitors { get; init; } = 0.01;

    /// <summary>The share of buyers with another currency than most from which the experiment is invalid; up to it
    /// they are left out. Default 0.01.</summary>
    public double MostOtherCurrencies { get; init; } = 0.01;

    /// <summary>Days before the start that count as a visitor's past. Default 14.</summary>
    public int PastDays { get; init; } = 14;

    /// <summary>Statistics buckets an arm. Default 100.</summary>
    public long Buckets { get; init; } = 100;

    /// <summary>A visitor with more events than this is a program, not a person, and left out. Default 5,000.</summary>
    public long MostEvents { get; init; } = 5_000;

    /// <summary>A visitor who moved more money than this, in minor units, is left out as implausible. Default 10¹².</summary>
    public long MostAmountMinor { get; init; } = 1_000_000_000_000;

    /// <summary>The quantile of revenue at which visitors are capped in the winsorised row. Default 0.999.</summary>
    public double CapQuantile { get; init; } = 0.999;

    /// <summary>Visitors that are never counted: the shop's own people, monitors.</summary>
    public IReadOnlyList<AssignmentId> ExcludedVisitors { get; init; } = [];

    /// <summary>How many salts an A/A calibration divides the visitors by. Default 1,000; positive.</summary>
    public int Salts { get; init; } = 1_000;

    /// <summary>Up to so many visitors a page shows the A/A calibration without being asked; beyond it costs seconds and
    /// must be asked for. Default 20,000.</summary>
    public long MostCalibratedVisitors { get; init; } = 20_000;

    /// <summary>Metrics beside the standard ones.</summary>
    public IReadOnlyList<MetricDefinition> CustomMetrics { get; init; } = [];
}
