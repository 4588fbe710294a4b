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

    /// <summary>Set to delay or fail each look-up of many.</summary>
    public Func<CancellationToken, Task> BeforeFindMany { get; set; } = _ => Task.CompletedTask;

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

    public Task<Product?> UpdateAsync(ProductId product, Func<Product, Product> change, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return Task.FromResult(_products.TryGetValue(product, out Product? present) ? _products[product] = change(present) : null);
        }
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

    public async Task<IReadOnlyDictionary<ProductId, Product>> FindManyAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        await BeforeFindMany(cancellationToken);
        lock (_lock)
        {
            return products.Distinct().Where(_products.ContainsKey).ToDictionary(id => id, id => _products[id]);
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
