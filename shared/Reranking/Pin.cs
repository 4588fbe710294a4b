namespace Aisle.Reranking;

/// <summary>A product that a merchandiser put at a position.</summary>
/// <param name="Position">From 1; a pin beyond the slate's length has no effect.</param>
/// <param name="Candidate">The product; it passed the filters like all others.</param>
public readonly record struct Pin(int Position, SlateCandidate Candidate);
