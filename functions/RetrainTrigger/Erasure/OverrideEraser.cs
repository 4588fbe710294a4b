using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Erasure;

/// <summary>Takes a person out of the variants that somebody set by hand.</summary>
/// <param name="experiments">Where they stand.</param>
public sealed class OverrideEraser(IExperimentStore experiments)
{
    private const int MaxAttempts = 20;

    /// <summary>Removes the overrides of some ids from every experiment, running or ended.</summary>
    /// <param name="people">Pseudonyms: experiments assign by them.</param>
    /// <param name="cancellationToken">Gives up; some experiments may have been changed.</param>
    /// <returns>How many overrides there were.</returns>
    /// <exception cref="TimeoutException">Other writers were faster too often; erase again.</exception>
    public async Task<int> EraseAsync(IReadOnlySet<string> people, CancellationToken cancellationToken)
    {
        int removed = 0;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            bool isRefused = false;
            foreach (Versioned<Experiment> known in await experiments.ReadAllAsync(cancellationToken))
            {
                Dictionary<string, string> kept = known.Value.Overrides.Where(forced => !people.Contains(forced.Key)).ToDictionary();
                int gone = known.Value.Overrides.Count - kept.Count;
                bool isWritten = gone == 0 || await experiments.TryWriteAsync(known.Value with { Overrides = kept }, known.Tag, cancellationToken);
                removed += isWritten ? gone : 0;
                isRefused |= !isWritten;
            }

            if (!isRefused)
            {
                return removed;
            }
        }

        throw new TimeoutException("An experiment changed under us too often; erase again.");
    }
}
