using Aisle.Numerics;

namespace Aisle.ColdStart;

/// <summary>What one cohort likes.</summary>
/// <param name="Cohort">Which; unknown parts do not matter.</param>
/// <param name="ShopperCount">How many shoppers it has; at least the floor.</param>
/// <param name="Ranked">Its products, best first, with log-damped popularity within the cohort in (0, 1].</param>
public sealed record CohortPopularity(Cohort Cohort, int ShopperCount, IReadOnlyList<ScoredIndex> Ranked);
