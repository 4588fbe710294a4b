using Aisle.Candidates.Lists;

namespace Aisle.Candidates.Hybrid;

/// <summary>One product with its fused score for one shopper.</summary>
/// <param name="Item">The product's index in the model.</param>
/// <param name="Score">The fused score, in [0, (1 + β)·(1 + bonus)]; higher is better.</param>
/// <param name="Source">The generator that contributed most.</param>
/// <param name="Components">What went into the score.</param>
public readonly record struct ScoredItem(int Item, float Score, CandidateSource Source, ComponentScores Components);
