using Aisle.Candidates.Shoppers;

namespace Aisle.Candidates.Hybrid;

/// <summary>How good options are on a validation split; higher is better.</summary>
/// <param name="Overall">Over all shoppers.</param>
/// <param name="ByTier">Over the shoppers of each tier; a tier with too few of them to judge by is absent.</param>
public sealed record HybridQuality(double Overall, IReadOnlyDictionary<Strategy, double> ByTier)
{
    /// <summary>The standard error of the lead in <see cref="Overall"/> over the first of the options that were judged together,
    /// shopper by shopper; 0 for that one.</summary>
    public double ErrorOfLead { get; init; }

    /// <summary>The same for each tier; what is absent is 0.</summary>
    public IReadOnlyDictionary<Strategy, double> ErrorsOfLead { get; init; } = new Dictionary<Strategy, double>();
}
