namespace Aisle.Reranking;

/// <summary>A product that exploration may draw.</summary>
/// <param name="Candidate">The product; it passed the filters like all others.</param>
/// <param name="Weight">How likely it is beside the others of the pool, positive and finite; a promise of minimum
/// exposure raises it.</param>
public readonly record struct PoolEntry(SlateCandidate Candidate, double Weight);
