using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Ports;

/// <summary>The shop's products.</summary>
public interface ICatalogueStore
{
    /// <summary>Adds products or replaces them whole, by id.</summary>
    Task UpsertAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken);

    /// <summary>Changes one product as it stands at that moment: of changes that come at once none is lost.</summary>
    /// <param name="product">Which.</param>
    /// <param name="change">Makes the new product of the present one; may be asked again, and keeps the id.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What is stored now; null when the shop does not have it.</returns>
    /// <exception cref="StoreUnavailableException">Other writers were faster too often; try again.</exception>
    Task<Product?> UpdateAsync(ProductId product, Func<Product, Product> change, CancellationToken cancellationToken);

    /// <summary>Removes products; unknown ids are ignored.</summary>
    Task DeleteAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken);

    /// <summary>One product, or null when the shop does not have it.</summary>
    Task<Product?> FindAsync(ProductId product, CancellationToken cancellationToken);

    /// <summary>Those of the products that the shop has, by id.</summary>
    Task<IReadOnlyDictionary<ProductId, Product>> FindManyAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken);

    /// <summary>All products, ordered by id.</summary>
    IAsyncEnumerable<Product> ReadAllAsync(CancellationToken cancellationToken);
}
