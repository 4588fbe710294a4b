using Aisle.Events;

namespace Aisle.Local.DemoShop.Visits;

/// <summary>A slate that the demo shop showed on its home page: a uniformly random order of a small pool, so its
/// propensities are exact.</summary>
/// <param name="Id">What impressions and clicks point back to.</param>
/// <param name="Shopper">The shop's own id of the shopper.</param>
/// <param name="Variant">The experiment's variant; null before the experiment began.</param>
/// <param name="Seed">The seed of the order.</param>
/// <param name="EligibleCount">How many products the pool had.</param>
/// <param name="Products">What was shown, in order.</param>
/// <param name="Scores">The random keys that the order came from, falling; each product was equally likely at each position.</param>
public sealed record DemoSlate(
    SlateId Id, string Shopper, string? Variant, ulong Seed, int EligibleCount, IReadOnlyList<ProductId> Products, IReadOnlyList<double> Scores);
