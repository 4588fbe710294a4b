namespace Aisle.ScoreUser.Explaining;

/// <summary>Which way a request went to its candidates.</summary>
/// <param name="Strategy">How they were found, such as <c>full_hybrid</c>.</param>
/// <param name="From">Where: the precomputed <c>list</c>, the <c>live</c> sources, a <c>shelf</c>, or
/// <c>popularity</c> for lack of time.</param>
/// <param name="DistinctProducts">How many distinct products are known of the shopper: it decides the tier.</param>
public sealed record CandidateRoute(string Strategy, string From, int DistinctProducts);
