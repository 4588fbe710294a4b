namespace Aisle.Candidates.Reasons;

/// <summary>How much one touched product speaks for a recommended one.</summary>
/// <param name="Item">The touched product, by index.</param>
/// <param name="Amount">What it adds to the fused score, before popularity and newness; may be negative.</param>
/// <param name="Share">Its part of all positive amounts, in [0, 1].</param>
public readonly record struct TouchContribution(int Item, double Amount, double Share);
