using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Runs in memory.</summary>
public sealed class InMemoryRunStore : IRunStore
{
    private readonly InMemoryDocuments<Run> _documents = new();

    public Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_documents.Read(id));

    public Task<IReadOnlyList<Run>> ReadLatestAsync(int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Run>>(
        [.. _documents.ReadAll().Select(run => run.Value).OrderByDescending(run => run.StartedAt).ThenByDescending(run => run.Id).Take(limit)]);

    public Task<string?> TryWriteAsync(Run run, string? expectedTag, CancellationToken cancellationToken) =>
        Task.FromResult(_documents.TryWrite(run.Id, run, expectedTag));
}
