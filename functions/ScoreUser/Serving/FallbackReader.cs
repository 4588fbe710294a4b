using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;
using Microsoft.Extensions.Logging;

namespace Aisle.ScoreUser.Serving;

/// <summary>Reads what is shown without a model: the catalogue, by what shoppers touched lately.</summary>
/// <param name="catalogue">The products.</param>
/// <param name="warehouse">What shoppers did.</param>
/// <param name="clock">Now.</param>
/// <param name="logger">Told when popularity cannot be read; the newest products then come first.</param>
public sealed class FallbackReader(ICatalogueStore catalogue, IEventWarehouse warehouse, TimeProvider clock, ILogger<FallbackReader> logger)
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>Reads both stores once.</summary>
    public async Task<FallbackShelf> ReadAsync(CancellationToken cancellationToken)
    {
        Dictionary<ProductId, long> shoppers = [];
        try
        {
            DateTimeOffset now = clock.GetUtcNow();
            Dictionary<string, object> parameters = new() { ["from"] = now - Window, ["to"] = now };
            await foreach (PopularProduct popular in warehouse.QueryAsync(PortableQueries.PopularProducts, parameters, cancellationToken))
            {
                shoppers[popular.Product] = popular.Shoppers;
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException && !cancellationToken.IsCancellationRequested)
        {
            // Broad: each warehouse throws what its driver throws, and the catalogue alone still makes a shelf.
            logger.LogWarning(fault, "What is popular could not be read; without a model the newest products come first.");
        }

        List<Product> products = [];
        await foreach (Product product in catalogue.ReadAllAsync(cancellationToken))
        {
            products.Add(product);
        }

        return FallbackShelf.Of(products, shoppers);
    }
}
