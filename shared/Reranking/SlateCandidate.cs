namespace Aisle.Reranking;

/// <summary>A product that passed the filters and may take a position.</summary>
/// <param name="Item">Its index in the model.</param>
/// <param name="Score">The score it would be ranked by; finite.</param>
/// <param name="Category">The top level of the shop's tree; null when unknown, and then it matches no interest and is no surprise.</param>
/// <param name="Brand">The maker's name; null when unknown, and then no cap counts it.</param>
public readonly record struct SlateCandidate(int Item, float Score, string? Category, string? Brand = null);
