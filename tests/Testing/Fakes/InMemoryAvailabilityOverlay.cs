using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>Price and stock changes in memory.</summary>
public sealed class InMemoryAvailabilityOverlay : IAvailabilityOverlay
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProductId, Availability> _latest = [];
    private long _version;

    public Task RecordAsync(IReadOnlyList<Availability> changes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (Availability change in changes)
            {
                _latest[change.Product] = change with { Version = ++_version };
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<Availability>> ReadSinceAsync(long afterVersion, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult<IReadOnlyList<Availability>>(
                [.. _latest.Values.Where(change => change.Version > afterVersion).OrderBy(change => change.Version)]);
        }
    }
}
