using Aisle.Candidates.Shoppers;
using Aisle.Events;

namespace Aisle.Candidates.Lists;

/// <summary>What one shopper may be shown, precomputed under one model version.</summary>
/// <param name="User">Whose list it is.</param>
/// <param name="Strategy">The tier it was made by.</param>
/// <param name="Items">Best first, no product twice, at most 100.</param>
/// <param name="GeneratedAt">When it was computed, UTC.</param>
public sealed record CandidateList(UserId User, Strategy Strategy, IReadOnlyList<Candidate> Items, DateTimeOffset GeneratedAt);
