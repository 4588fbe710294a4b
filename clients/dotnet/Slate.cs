namespace Aisle.Client;

/// <summary>One slate, as it is to be shown.</summary>
public sealed record Slate
{
    /// <summary>Send it with the position of each impression, click and purchase.</summary>
    public required string SlateId { get; init; }

    /// <summary>The id that was asked for; null for a stranger.</summary>
    public required string? UserId { get; init; }

    /// <summary>The shelf's name.</summary>
    public required string Surface { get; init; }

    /// <summary>How the shopper was known, or which shelf it is.</summary>
    public required string Strategy { get; init; }

    /// <summary>The variants that the shopper is in.</summary>
    public required IReadOnlyList<ExperimentVariant> Experiments { get; init; }

    /// <summary>The model that made it; null before there is one.</summary>
    public required string? ModelVersion { get; init; }

    /// <summary>How old what it was made of is.</summary>
    public required Freshness Freshness { get; init; }

    /// <summary>What was missing or left out; empty when nothing was.</summary>
    public required IReadOnlyList<Degradation> Degradations { get; init; }

    /// <summary>Why there are fewer products than asked for; null when there are not.</summary>
    public required Shortfall? Shortfall { get; init; }

    /// <summary>The products, by rank.</summary>
    public required IReadOnlyList<SlateItem> Items { get; init; }
}
