using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Rules in memory.</summary>
public sealed class InMemoryRuleStore : IRuleStore
{
    private readonly InMemoryDocuments<string> _documents = new();

    public Task<Versioned<string>?> ReadAsync(CancellationToken cancellationToken) => Task.FromResult(_documents.ReadAll().SingleOrDefault());

    public Task<bool> TryWriteAsync(string document, string? expectedTag, CancellationToken cancellationToken) =>
        Task.FromResult(_documents.TryWrite("rules", document, expectedTag) is not null);
}
