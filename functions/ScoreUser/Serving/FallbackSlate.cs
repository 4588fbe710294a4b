using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Filtering;

namespace Aisle.ScoreUser.Serving;

/// <summary>A slate without a model.</summary>
/// <param name="Strategy">Where it came from: <c>popularity</c>, <c>catalogue</c> where nobody touched anything yet, or <c>none</c> when there is no catalogue either.</param>
/// <param name="Items">The positions.</param>
/// <param name="Products">Their products.</param>
/// <param name="EligibleCount">How many products could be shown.</param>
/// <param name="Shortfall">Why it is short; null when it is not.</param>
public sealed record FallbackSlate(
    string Strategy, IReadOnlyList<SlateItem> Items, IReadOnlyList<ShownProduct> Products, int EligibleCount, SlateShortfall? Shortfall);
