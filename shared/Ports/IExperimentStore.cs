using Aisle.Experiments;

namespace Aisle.Ports;

/// <summary>The experiments of the shop; few, and read often.</summary>
public interface IExperimentStore
{
    /// <summary>All experiments, ordered by key.</summary>
    Task<IReadOnlyList<Versioned<Experiment>>> ReadAllAsync(CancellationToken cancellationToken);

    /// <summary>Writes one experiment if its tag still holds.</summary>
    /// <param name="experiment">The new state.</param>
    /// <param name="expectedTag">The tag it was read under; null when it must not exist yet.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when somebody else was faster or the key is taken.</returns>
    Task<bool> TryWriteAsync(Experiment experiment, string? expectedTag, CancellationToken cancellationToken);

    /// <summary>Removes one experiment if its tag still holds.</summary>
    /// <param name="key">Which.</param>
    /// <param name="expectedTag">The tag it was read under.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when somebody else was faster, or there is none.</returns>
    Task<bool> TryDeleteAsync(string key, string expectedTag, CancellationToken cancellationToken);
}
