using System.Collections.Concurrent;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent.Products;

/// <summary>Counts how many events name a product that the catalogue has: the join rate. Events of unknown products are taken all the same, since catalogues come late; a falling rate says
/// that shop and catalogue name products differently.</summary>
/// <param name="catalogue">The products.</param>
/// <param name="clock">Ages what was looked up.</param>
/// <param name="metrics">Keeps the counts.</param>
public sealed class KnownProducts(ICatalogueStore catalogue, TimeProvider clock, IngestMetrics metrics)
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ProductId, (bool IsKnown, DateTimeOffset Until)> _looked = [];

    /// <summary>Looks up what these events name and counts them.</summary>
    public async Task CountAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        DateTimeOffset now = clock.GetUtcNow();
        int known = 0;
        int unknown = 0;
        foreach (InteractionEvent e in events)
        {
            if (e.Product is { } product)
            {
                bool isKnown = await IsKnownAsync(product, now, cancellationToken);
                known += isKnown ? 1 : 0;
                unknown += isKnown ? 0 : 1;
            }
        }

        metrics.Joined(known, unknown);
    }

    private async ValueTask<bool> IsKnownAsync(ProductId product, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (_looked.TryGetValue(product, out (bool IsKnown, DateTimeOffset Until) looked) && now < looked.Until)
        {
            return looked.IsKnown;
        }

        bool isKnown = await catalogue.FindAsync(product, cancellationToken) is not null;
        if (_looked.Count >= Capacity)
        {
            _looked.Clear(); // bounded memory is worth looking up again
        }

        _looked[product] = (isKnown, now + (isKnown ? KnownFor : UnknownFor));
        return isKnown;
    }
}
