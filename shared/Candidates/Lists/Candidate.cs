using Aisle.Events;

namespace Aisle.Candidates.Lists;

/// <summary>One product that could be shown to one shopper.</summary>
/// <param name="Product">Which.</param>
/// <param name="Score">The fused score, in [0, 1 + β + bonus]; higher is better.</param>
/// <param name="Source">The generator that contributed most to the score.</param>
public readonly record struct Candidate(ProductId Product, float Score, CandidateSource Source);
