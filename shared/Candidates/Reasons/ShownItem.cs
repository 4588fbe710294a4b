using Aisle.Candidates.Lists;

namespace Aisle.Candidates.Reasons;

/// <summary>A product that is about to be shown, and the generator that brought it.</summary>
/// <param name="Item">The product's index in the model.</param>
/// <param name="Source">Which generator contributed most to its score.</param>
public readonly record struct ShownItem(int Item, CandidateSource Source);
