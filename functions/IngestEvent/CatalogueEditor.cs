using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent;

/// <summary>Changes the catalogue, and records each change of price and stock so that slates follow within a second.</summary>
/// <param name="catalogue">The products.</param>
/// <param name="overlay">The changes since the bundle.</param>
public sealed class CatalogueEditor(ICatalogueStore catalogue, IAvailabilityOverlay overlay)
{
    /// <summary>Adds products or replaces them whole.</summary>
    public async Task PutAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        await catalogue.UpsertAsync(products, cancellationToken);
        await overlay.RecordAsync([.. products.Select(product => Change(product, isDeleted: false))], cancellationToken);
    }

    /// <summary>Changes price or stock of one product.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">Makes the new state of the old.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new state; null when the shop does not have it.</returns>
    public async Task<Product?> PatchAsync(ProductId id, Func<Product, Product> change, CancellationToken cancellationToken)
    {
        if (await catalogue.FindAsync(id, cancellationToken) is not { } present)
        {
            return null;
        }

        Product changed = change(present);
        await PutAsync([changed], cancellationToken);
        return changed;
    }

    /// <summary>Removes a product; it is never shown again.</summary>
    /// <returns>False when the shop does not have it.</returns>
    public async Task<bool> DeleteAsync(ProductId id, CancellationToken cancellationToken)
    {
        if (await catalogue.FindAsync(id, cancellationToken) is not { } present)
        {
            return false;
        }

        await overlay.RecordAsync([Change(present, isDeleted: true)], cancellationToken);
        await catalogue.DeleteAsync([id], cancellationToken);
        return true;
    }

    private static Availability Change(Product product, bool isDeleted) =>
        new(product.Id, 0, product.InStock && !isDeleted, product.PriceMinor, product.Currency, isDeleted);
}
