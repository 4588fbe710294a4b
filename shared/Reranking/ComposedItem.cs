namespace Aisle.Reranking;

/// <summary>One position of a composed slate.</summary>
/// <param name="Item">The product's index in the model.</param>
/// <param name="Score">The score it came with.</param>
/// <param name="Slot">Why the position was filled this way.</param>
/// <param name="Propensity">P(this item at this position | this request, policy), in (0, 1].</param>
public readonly record struct ComposedItem(int Item, float Score, SlotKind Slot, double Propensity);
