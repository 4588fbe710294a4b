using Aisle.AbReport.Results;

namespace Aisle.AbReport.Reviewing;

/// <summary>What a review found of one experiment.</summary>
/// <param name="Key">Which.</param>
/// <param name="IsOver">Whether it ended or was stopped.</param>
public sealed record ReviewedExperiment(string Key, bool IsOver)
{
    /// <summary>What to do with it; null where it could not be judged.</summary>
    public ReportVerdict? Verdict { get; init; }

    /// <summary>The kinds of alerts that were told now, those that something is over included; empty where everything had been told before.</summary>
    public IReadOnlyList<string> Told { get; init; } = [];

    /// <summary>Why it could not be judged, or what was found could not be told, with what to do; null when all went well.</summary>
    public string? Fault { get; init; }
}
