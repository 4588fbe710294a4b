using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;

namespace Aisle.ScoreUser.Explaining;

/// <summary>A candidate and what became of it.</summary>
/// <param name="Item">The product's index in the model.</param>
/// <param name="Source">The generator that brought it.</param>
/// <param name="Score">The score it came with.</param>
/// <param name="Components">What went into the score; null where it was precomputed.</param>
/// <param name="RemovedBy">The filter that removed it; null when it was kept.</param>
public sealed record TracedCandidate(int Item, CandidateSource Source, float Score, ComponentScores? Components, string? RemovedBy)
{
    /// <summary>What visits like the one under way say, in 0 … 1; null when there is no visit.</summary>
    public float? Visit { get; init; }

    /// <summary>What boosts and buries multiplied the score by.</summary>
    public double RuleFactor { get; init; } = 1;

    /// <summary>What the price took off: a factor.</summary>
    public double PriceFactor { get; init; } = 1;

    /// <summary>The merchandisers' rules that took part.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];
}
