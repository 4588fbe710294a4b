namespace Aisle.Candidates;

/// <summary>How good options are on a validation split; higher is better.</summary>
/// <param name="Overall">Over all shoppers.</param>
/// <param name="ByTier">Over the shoppers of each tier; a tier with too few of them to judge by is absent.</param>
public sealed record HybridQuality(double Overall, IReadOnlyDictionary<Strategy, double> ByTier);
