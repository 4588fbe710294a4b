using Aisle.Candidates;
using Aisle.Reranking;

namespace Aisle.ScoreUser;

/// <summary>How slates are made and how long each part may take.</summary>
public sealed record ScoreUserOptions
{
    /// <summary>What the request's chance and the slate ids follow from; a host draws it anew at each start. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How long a store may take to answer before the slate goes on without it. Default 20 ms.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How often the pointer to the serving model is read. Default 30 s.</summary>
    public TimeSpan ManifestInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often price and stock changes are read. Default 0.5 s.</summary>
    public TimeSpan AvailabilityInterval { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How often experiments are read. Default 5 s.</summary>
    public TimeSpan ExperimentInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>From which age on a model is named as stale in <c>degradations</c>. Default 36 h.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromHours(36);

    /// <summary>How many candidates are re-ranked. Default 100.</summary>
    public int Depth { get; init; } = 100;

    /// <summary>How sources are fused when an experiment does not say otherwise.</summary>
    public HybridOptions Hybrid { get; init; } = new();

    /// <summary>How a slate is composed when an experiment does not say otherwise.</summary>
    public ComposeOptions Compose { get; init; } = new();

    /// <summary>The most slates that wait to be logged; more are dropped and counted, so that logging never slows an answer. Default 50,000.</summary>
    public int LogCapacity { get; init; } = 50_000;
}
