using Aisle.Events;

namespace Aisle.Candidates.Shoppers;

/// <summary>One product that a shopper touched, however often.</summary>
/// <param name="Product">Which.</param>
/// <param name="Weight">How strongly it speaks, on the scale of training; positive.</param>
/// <param name="Strongest">The weightiest thing that was done with it: what a reason names.</param>
/// <param name="LastTouchedAt">When last, UTC.</param>
public sealed record TouchedProduct(ProductId Product, float Weight, EventType Strongest, DateTimeOffset LastTouchedAt);
