using Aisle.Events;

namespace Aisle.Reranking;

/// <summary>One position of a slate.</summary>
/// <param name="Product">What is shown there.</param>
/// <param name="Rank">Position from 1.</param>
/// <param name="Score">The score it was placed by.</param>
/// <param name="Slot">Why the position exists: see <see cref="SlotKind"/>.</param>
/// <param name="Propensity">P(this item at this position | this request, policy), in (0, 1].</param>
public sealed record SlateItem(ProductId Product, int Rank, double Score, SlotKind Slot, double Propensity);
