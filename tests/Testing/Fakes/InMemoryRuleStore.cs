using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Rules in memory.</summary>
public sealed class InMemoryRuleStore : IRuleStore
{
    private readonly InMemoryDocuments<string> _documents = new();

    /// <summary>What happens between a read and its answer: another's change, or a wait; null for nothing.</summary>
    public Func<Task>? AfterRead { get; set; }

    /// <summary>What happens between a write and its answer; null for nothing.</summary>
    public Func<Task>? AfterWrite { get; set; }

    public async Task<Versioned<string>?> ReadAsync(CancellationToken cancellationToken)
    {
        Versioned<string>? read = _documents.ReadAll().SingleOrDefault();
        await (AfterRead?.Invoke() ?? Task.CompletedTask);
        return read;
    }

    public async Task<string?> TryWriteAsync(string document, string? expectedTag, CancellationToken cancellationToken)
    {
        string? written = _documents.TryWrite("rules", document, expectedTag);
        await (AfterWrite?.Invoke() ?? Task.CompletedTask);
        return written;
    }
}
