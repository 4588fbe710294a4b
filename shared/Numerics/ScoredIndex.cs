namespace Aisle.Numerics;

/// <summary>One of many things, by its dense index, and its score.</summary>
/// <param name="Index">Which.</param>
/// <param name="Score">How good; never NaN.</param>
public readonly record struct ScoredIndex(int Index, float Score)
{
    /// <summary>Whether this stands before another in a ranking: the higher score, and among equals the lower index.</summary>
    public bool Precedes(ScoredIndex other) => Score > other.Score || (Score == other.Score && Index < other.Index);
}
