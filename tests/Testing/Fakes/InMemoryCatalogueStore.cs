using System.Runtime.CompilerServices;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>A catalogue in memory.</summary>
public sealed class InMemoryCatalogueStore : ICatalogueStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<ProductId, Product> _products = [];

    public Task UpsertAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (Product product in products)
            {
                _products[product.Id] = product;
            }
        }

        return Task.CompletedTask;
    }

    public Task DeleteAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (ProductId product in products)
            {
                _products.Remove(product);
            }
        }

        return Task.CompletedTask;
    }

    public Task<Product?> FindAsync(ProductId product, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_products.GetValueOrDefault(product));
        }
    }

    public async IAsyncEnumerable<Product> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Product[] all;
        lock (_lock)
        {
            all = [.. _products.Values];
        }

        foreach (Product product in all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return product;
        }

        await Task.CompletedTask;
    }
}
