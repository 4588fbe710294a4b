using Aisle.Experiments;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Keeps what was logged.</summary>
public sealed class InMemoryExposureLog : IExposureLog
{
    private readonly Lock _lock = new();
    private readonly List<Exposure> _all = [];

    /// <summary>All of it, in order.</summary>
    public IReadOnlyList<Exposure> All
    {
        get { lock (_lock) { return [.. _all]; } }
    }

    public Task AppendAsync(IReadOnlyList<Exposure> exposures, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            _all.AddRange(exposures);
        }

        return Task.CompletedTask;
    }
}
