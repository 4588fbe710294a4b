using System.Collections.Concurrent;
using Aisle.Events;
using Aisle.Ports;
using Microsoft.Extensions.Logging;

namespace Aisle.IngestEvent.Products;

/// <summary>Counts how many events name a product that the catalogue has: the join rate. Events of unknown products are taken all the same,
/// since catalogues come late; a falling rate says that shop and catalogue name products differently.</summary>
/// <param name="catalogue">The products.</param>
/// <param name="clock">Ages what was looked up.</param>
/// <param name="metrics">Keeps the counts.</param>
/// <param name="logger">Told when the catalogue cannot be asked.</param>
public sealed class KnownProducts(ICatalogueStore catalogue, TimeProvider clock, IngestMetrics metrics, ILogger<KnownProducts> logger)
{
    private const int Capacity = 200_000;
    private static readonly TimeSpan KnownFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<ProductId, (bool IsKnown, DateTimeOffset Until)> _looked = [];

    /// <summary>Looks up what these events name and counts them. A catalogue that cannot be asked costs the count
    /// and nothing else.</summary>
    public async Task CountAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ProductId[] named = [.. events.Select(e => e.Product).OfType<ProductId>()];
        try
        {
            Dictionary<ProductId, bool> known = await LookUpAsync([.. named.Distinct()], cancellationToken);
            int found = named.Count(product => known[product]);
            metrics.Joined(found, named.Length - found);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !(fault is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            // Broad: each store throws what its driver throws, and the events are stored already; delivering them
            // again would count them twice.
            logger.LogWarning(fault, "The catalogue could not be asked for the products of {Count} events; they are left out of the join rate.", named.Length);
        }
    }

    private async Task<Dictionary<ProductId, bool>> LookUpAsync(ProductId[] products, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        Dictionary<ProductId, bool> known = new(products.Length);
        List<ProductId> open = [];
        foreach (ProductId product in products)
        {
            if (_looked.TryGetValue(product, out (bool IsKnown, DateTimeOffset Until) looked) && now < looked.Until)
            {
                known.Add(product, looked.IsKnown);
            }
            else
            {
                open.Add(product);
            }
        }

        HashSet<ProductId> found = open.Count == 0 ? [] : [.. (await catalogue.FindManyAsync(open, cancellationToken)).Keys];
        foreach (ProductId product in open)
        {
            known.Add(product, found.Contains(product));
            Remember(product, found.Contains(product), now);
        }

        return known;
    }

    private void Remember(ProductId product, bool isKnown, DateTimeOffset now)
    {
        if (_looked.Count >= Capacity)
        {
            _looked.Clear(); // bounded memory is worth looking up again
        }

        _looked[product] = (isKnown, now + (isKnown ? KnownFor : UnknownFor));
    }
}
