using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Ports;

/// <summary>The shop's products.</summary>
public interface ICatalogueStore
{
    /// <summary>Adds products or replaces them whole, by id.</summary>
    Task UpsertAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken);

    /// <summary>Removes products; unknown ids are ignored.</summary>
    Task DeleteAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken);

    /// <summary>One product, or null when the shop does not have it.</summary>
    Task<Product?> FindAsync(ProductId product, CancellationToken cancellationToken);

    /// <summary>All products, ordered by id.</summary>
    IAsyncEnumerable<Product> ReadAllAsync(CancellationToken cancellationToken);
}
