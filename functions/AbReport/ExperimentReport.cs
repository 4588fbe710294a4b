using Aisle.Experiments;

using Aisle.Statistics;

namespace Aisle.AbReport;

/// <summary>What an experiment has shown so far.</summary>
public sealed record ExperimentReport
{
    /// <summary>Which.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>The first instant that does not count any more: now, or the experiment's end.</summary>
    public required DateTimeOffset Until { get; init; }

    /// <summary>Days from the start until then.</summary>
    public required double Days { get; init; }

    /// <summary>The two-sided error of each decision.</summary>
    public required double Alpha { get; init; }

    /// <summary>Exposed visitors by variant, in the experiment's order.</summary>
    public required IReadOnlyList<(string Variant, long Users)> Users { get; init; }

    /// <summary>Visitors who saw several variants; they are left out.</summary>
    public required long MixedUsers { get; init; }

    /// <summary>Whether the arms have the sizes they should.</summary>
    public required SampleRatioCheck SampleRatio { get; init; }

    /// <summary>All metrics of all variants but the control.</summary>
    public required IReadOnlyList<MetricResult> Metrics { get; init; }

    /// <summary>What to do, and why, in sentences.</summary>
    public required IReadOnlyList<string> Conclusions { get; init; }
}
