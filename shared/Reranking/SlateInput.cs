namespace Aisle.Reranking;

/// <summary>What a slate is composed of. All products in it have passed the filters; a product may occur in
/// several lists and is shown once.</summary>
public sealed record SlateInput
{
    /// <summary>How many positions are asked for, positive.</summary>
    public required int Limit { get; init; }

    /// <summary>The shopper's candidates, best first.</summary>
    public required IReadOnlyList<SlateCandidate> Candidates { get; init; }

    /// <summary>What merchandisers put where; of two at one position the first counts.</summary>
    public IReadOnlyList<Pin> Pins { get; init; } = [];

    /// <summary>What trends, best first; used by the slot policy.</summary>
    public IReadOnlyList<SlateCandidate> Trending { get; init; } = [];

    /// <summary>What exploration may draw; when nothing of it is left, candidates that found no position are
    /// drawn with equal weights.</summary>
    public IReadOnlyList<PoolEntry> ExplorationPool { get; init; } = [];

    /// <summary>What fills up when candidates run out, best first: popularity.</summary>
    public IEnumerable<SlateCandidate> BackFill { get; init; } = [];

    /// <summary>The shopper's interests; used by the slot policy.</summary>
    public ShopperInterests Interests { get; init; } = ShopperInterests.None;
}
