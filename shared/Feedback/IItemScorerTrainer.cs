namespace Aisle.Feedback;

/// <summary>A recipe for a model: options are its own, data comes in here.</summary>
public interface IItemScorerTrainer
{
    /// <summary>Trains on the interactions of all users.</summary>
    /// <param name="matrix">At least one interaction.</param>
    /// <param name="progress">Told the finished fraction in (0, 1], or null.</param>
    /// <param name="cancellationToken">Heeded at least once a step.</param>
    /// <exception cref="ArgumentException">There is no interaction to learn from.</exception>
    IItemScorer Train(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken);
}
