using Aisle.Events;

namespace Aisle.Reranking;

/// <summary>What one request showed together, in order, with what it takes to replay it and to evaluate other policies from it.</summary>
public sealed record Slate
{
    /// <summary>What clicks and purchases point back to.</summary>
    public required SlateId Id { get; init; }

    /// <summary>Who saw it; null for an anonymous request without consent.</summary>
    public required UserId? User { get; init; }

    /// <summary>The shelf, such as <c>home</c> or <c>similar</c>.</summary>
    public required string Surface { get; init; }

    /// <summary>The strategies that contributed, first the one that routed, such as <c>full_hybrid</c>.</summary>
    public required IReadOnlyList<string> Strategies { get; init; }

    /// <summary>The variants in force, as <c>experiment=variant</c>.</summary>
    public required IReadOnlyList<string> Variants { get; init; }

    /// <summary>The model it came from; null when the in-memory fallback answered.</summary>
    public required string? ModelVersion { get; init; }

    /// <summary>The seed of the request's chance.</summary>
    public required ulong Seed { get; init; }

    /// <summary>How many candidates were left after the filters.</summary>
    public required int EligibleCount { get; init; }

    /// <summary>What else it followed from, as JSON, so that it can be made again; null where that is not kept.</summary>
    public string? Inputs { get; init; }

    /// <summary>When it was answered, UTC.</summary>
    public required DateTimeOffset ServedAt { get; init; }

    /// <summary>The positions, in order, no product twice.</summary>
    public required IReadOnlyList<SlateItem> Items { get; init; }
}
