using Aisle.Ports;
using Aisle.Reranking;

namespace Aisle.Testing.Fakes;

/// <summary>Keeps what was logged.</summary>
public sealed class InMemorySlateLog : ISlateLog
{
    private readonly Lock _lock = new();
    private readonly List<Slate> _all = [];

    /// <summary>All of it, in order.</summary>
    public IReadOnlyList<Slate> All
    {
        get { lock (_lock) { return [.. _all]; } }
    }

    public Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _all.AddRange(slates);
        }

        return Task.CompletedTask;
    }
}
