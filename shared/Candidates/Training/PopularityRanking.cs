using Aisle.ColdStart;
using Aisle.Numerics;

namespace Aisle.Candidates.Training;

/// <summary>What is popular and what trends, found by one step of training.</summary>
/// <param name="Table">Popularity of the shop and its cohorts.</param>
/// <param name="Trending">Recent lift, highest first.</param>
public sealed record PopularityRanking(PopularityTable Table, IReadOnlyList<ScoredIndex> Trending);
