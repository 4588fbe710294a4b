namespace Aisle.RetrainTrigger.Steps;

/// <summary>What a step left behind.</summary>
/// <param name="Counts">What it counted, by name.</param>
/// <param name="Digest">A digest of its output: equal for equal bytes; null when the step has none of its own.</param>
internal sealed record StepOutcome(IReadOnlyDictionary<string, double> Counts, string? Digest)
{
    /// <summary>How many parts of the step are not done: 0 when it is at its end; else the next trigger goes on with it.</summary>
    public long Left { get; init; }

    /// <summary>The recipe that the run follows from now on; null when the step chose none.</summary>
    public string? Recipe { get; init; }

    /// <summary>A digest of what products say; null when the step did not read the catalogue.</summary>
    public string? CatalogueDigest { get; init; }

    /// <summary>Nothing was counted.</summary>
    public static StepOutcome Nothing { get; } = new(new Dictionary<string, double>(), null);
}
