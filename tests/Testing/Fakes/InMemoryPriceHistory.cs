using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>The history of prices in memory.</summary>
public sealed class InMemoryPriceHistory : IPriceHistory
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ProductId, SortedDictionary<DateTimeOffset, PriceChange>> _changes = [];

    public Task RecordAsync(IReadOnlyList<PriceChange> changes, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (PriceChange change in changes)
            {
                if (!_changes.TryGetValue(change.Product, out SortedDictionary<DateTimeOffset, PriceChange>? own))
                {
                    _changes[change.Product] = own = [];
                }

                own[change.At] = change;
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<PriceChange>> ReadAsync(ProductId product, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            List<PriceChange> distinct = [];
            foreach (PriceChange change in _changes.GetValueOrDefault(product)?.Values.AsEnumerable() ?? [])
            {
                if (distinct.Count == 0 || !change.SaysTheSameAs(distinct[^1]))
                {
                    distinct.Add(change);
                }
            }

            return Task.FromResult<IReadOnlyList<PriceChange>>(distinct);
        }
    }
}
