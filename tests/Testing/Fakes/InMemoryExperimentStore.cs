using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Experiments in memory.</summary>
public sealed class InMemoryExperimentStore : IExperimentStore
{
    private readonly InMemoryDocuments<Experiment> _documents = new();

    public Task<IReadOnlyList<Versioned<Experiment>>> ReadAllAsync(CancellationToken cancellationToken) => Task.FromResult(_documents.ReadAll());

    public Task<bool> TryWriteAsync(Experiment experiment, string? expectedTag, CancellationToken cancellationToken) =>
        Task.FromResult(_documents.TryWrite(experiment.Key, experiment, expectedTag) is not null);

    public Task<bool> TryDeleteAsync(string key, string expectedTag, CancellationToken cancellationToken) => Task.FromResult(_documents.TryDelete(key, expectedTag));
}
