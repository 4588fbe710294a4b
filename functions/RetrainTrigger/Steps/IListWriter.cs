using Aisle.Candidates.Hybrid;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>Writes every shopper's list under a model's version where that is not done by the run's own process: by
/// many workers at once, for instance.</summary>
public interface IListWriter
{
    /// <summary>Brings the writing forward; called again until nothing is left.</summary>
    /// <param name="modelVersion">The version; the same in each call of a run.</param>
    /// <param name="asOf">The moment that the run trains as of.</param>
    /// <param name="weights">How much each source counts, learnt for this version; null where nothing was learnt
    /// and the writer's own options hold.</param>
    /// <param name="cancellationToken">Gives up this call.</param>
    /// <exception cref="RunFailedException">The lists cannot be written; the message says why and what to do.</exception>
    Task<ListProgress> AdvanceAsync(string modelVersion, DateTimeOffset asOf, HybridWeights? weights, CancellationToken cancellationToken);
}
