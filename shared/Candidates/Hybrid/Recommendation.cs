using Aisle.Candidates.Shoppers;

namespace Aisle.Candidates.Hybrid;

/// <summary>What one shopper may be shown, and how it was found.</summary>
/// <param name="Strategy">The tier.</param>
/// <param name="Items">Best first, no item twice, ties by index.</param>
public sealed record Recommendation(Strategy Strategy, IReadOnlyList<ScoredItem> Items);
