using Aisle.Candidates.Lists;

namespace Aisle.ScoreUser.Finding;

/// <summary>A candidate on its way to a position.</summary>
/// <param name="Item">The product's index in the model.</param>
/// <param name="Score">The score it is ranked by.</param>
/// <param name="Source">The generator that brought it.</param>
public readonly record struct PlacedItem(int Item, float Score, CandidateSource Source);
