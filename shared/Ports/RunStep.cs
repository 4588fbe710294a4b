namespace Aisle.Ports;

/// <summary>One step of a run, as recorded.</summary>
public sealed record RunStep
{
    /// <summary>What it does, such as <c>factors</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it stands.</summary>
    public required RunStepState State { get; init; }

    /// <summary>When it was last begun; null while pending.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ended; null while pending or running.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>How far it is, in [0, 1].</summary>
    public double Progress { get; init; }

    /// <summary>What it counted, by name, such as <c>interactions</c>; empty until it ends.</summary>
    public IReadOnlyDictionary<string, double> Counts { get; init; } = new Dictionary<string, double>();

    /// <summary>A digest of its output for comparing runs; null when it has none.</summary>
    public string? Digest { get; init; }

    /// <summary>A digest of what it began from: the outputs of the steps before it; null before it is begun.</summary>
    public string? InputDigest { get; init; }
}
