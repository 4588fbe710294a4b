using Aisle.Feedback;

namespace Aisle.Factorization.Folding;

/// <summary>Trains an implicit factorization and hands it out as a model that scores histories.</summary>
/// <param name="options">How it is trained.</param>
public sealed class FactorScorerTrainer(IalsOptions options) : IItemScorerTrainer
{
    /// <inheritdoc/>
    public IItemScorer Train(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken) =>
        new FactorScorer(new IalsTrainer(options).Fit(matrix, progress, cancellationToken).Items, options);
}
