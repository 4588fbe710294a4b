namespace Aisle.Ports;

/// <summary>One retraining run: a record with steps, resumable after its process died.</summary>
public sealed record Run
{
    /// <summary>Deterministic, such as <c>retrain-20260115</c>, so that a second trigger is a no-op.</summary>
    public required string Id { get; init; }

    /// <summary>What it does; a retrain by default.</summary>
    public RunKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunState State { get; init; }

    /// <summary>The instant it trains as of.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>When it was begun.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while running.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The steps, in order.</summary>
    public required IReadOnlyList<RunStep> Steps { get; init; }

    /// <summary>The version that it trains or trained.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Why it was promoted, refused or failed, in sentences, with what to do; while it runs, what the gate remarked.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Until when its worker holds it; a dead worker loses it then.</summary>
    public DateTimeOffset? LeasedUntil { get; init; }

    /// <summary>How many workers have taken it so far; a worker whose number it no longer is has lost it.</summary>
    public int Attempt { get; init; }

    /// <summary>Pseudonyms of the shoppers who were erased while it ran, so that it writes nothing about them any
    /// more; emptied when it ends.</summary>
    public IReadOnlyList<string> Erased { get; init; } = [];

    /// <summary>The recipe that it follows, as JSON, so that a resumed run goes on as it began and the next can tell whether the recipe
    /// changed; null until it is chosen.</summary>
    public string? Recipe { get; init; }

    /// <summary>A digest of what products say, as the run read it; null until it did.</summary>
    public string? CatalogueDigest { get; init; }
}
