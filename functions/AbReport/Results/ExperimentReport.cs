using Aisle.Experiments;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Results;

/// <summary>What an experiment has shown so far.</summary>
public sealed record ExperimentReport
{
    /// <summary>Which.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The first instant that does not count any more: the moment it is of, the experiment's end, or when it was stopped.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Days from the start until then.</summary>
    public required double Days { get; init; }

    /// <summary>Days from the start to the planned end.</summary>
    public required double PlannedDays { get; init; }

    /// <summary>The two-sided error of the whole decision.</summary>
    public required double Alpha { get; init; }

    /// <summary>How goals and variants share the error.</summary>
    public required FamilyCorrection Correction { get; init; }

    /// <summary>The lift that power is stated for.</summary>
    public required double SmallestLift { get; init; }

    /// <summary>Days before which nothing is decided.</summary>
    public required int MinimumDays { get; init; }

    /// <summary>How often the design lets one look until now.</summary>
    public required int Looks { get; init; }

    /// <summary>What to do.</summary>
    public required ReportVerdict Verdict { get; init; }

    /// <summary>Exposed and counted visitors by variant, in the experiment's order.</summary>
    public required IReadOnlyList<(string Variant, long Users)> Users { get; init; }

    /// <summary>Whether the data can be judged at all.</summary>
    public required DataHealth Health { get; init; }

    /// <summary>All metrics of all variants but the control.</summary>
    public required IReadOnlyList<MetricResult> Metrics { get; init; }

    /// <summary>Catalogue coverage of all variants but the control.</summary>
    public required IReadOnlyList<CoverageResult> Coverage { get; init; }

    /// <summary>The primary goal by segment.</summary>
    public required IReadOnlyList<SegmentResult> Segments { get; init; }

    /// <summary>The cumulated lift of the primary goal, day by day.</summary>
    public required IReadOnlyList<LiftPoint> Series { get; init; }

    /// <summary>How revenue spreads over those who bought.</summary>
    public required IReadOnlyList<RevenueBar> Distribution { get; init; }

    /// <summary>The currency of all amounts; null where nobody paid or several were used.</summary>
    public required string? Currency { get; init; }

    /// <summary>What the goals' tests do on these visitors when nothing was changed; empty where it was not asked for.</summary>
    public IReadOnlyList<AaCalibration> Calibration { get; init; } = [];

    /// <summary>What to do and why, in sentences, the weightiest first.</summary>
    public required IReadOnlyList<string> Conclusions { get; init; }
}
