using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent.Products;

/// <summary>Changes the catalogue, and records each change of price and stock so that slates follow within a second
/// and the history of prices is kept.</summary>
/// <remarks>If the process dies between catalogue, history and overlay, the request comes again and says the same, which the history takes
/// as nothing new. Overlay and history follow the catalogue: they are told what it holds until it holds what they were told, so that of
/// changes that come at once the last stands in all three.</remarks>
/// <param name="catalogue">The products.</param>
/// <param name="overlay">The changes since the bundle.</param>
/// <param name="prices">What each product cost when.</param>
/// <param name="clock">When a change takes effect.</param>
public sealed class CatalogueEditor(ICatalogueStore catalogue, IAvailabilityOverlay overlay, IPriceHistory prices, TimeProvider clock)
{
    private const int MaxAttempts = 10;

    /// <summary>Adds products or replaces them whole.</summary>
    public async Task PutAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(products);
        await prices.RecordAsync([.. products.Select(product => Price(product, isDeleted: false))], cancellationToken);
        await catalogue.UpsertAsync(products, cancellationToken);
        await ShowAsync(products, cancellationToken);
    }

    /// <summary>Changes price or stock of one product.</summary>
    /// <param name="id">Which.</param>
    /// <param name="change">What is new.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The new state; null when the shop does not have it.</returns>
    public async Task<Product?> PatchAsync(ProductId id, ProductChange change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        Product? changed = await catalogue.UpdateAsync(id, change.ApplyTo, cancellationToken);
        if (changed is not null)
        {
            await prices.RecordAsync([Price(changed, isDeleted: false)], cancellationToken);
            await ShowAsync([changed], cancellationToken);
        }

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

        await DeleteAsync([present], cancellationToken);
        return true;
    }

    /// <summary>Removes products that the shop has; they are never shown again.</summary>
    public async Task DeleteAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(products);
        await prices.RecordAsync([.. products.Select(product => Price(product, isDeleted: true))], cancellationToken);
        await overlay.RecordAsync([.. products.Select(product => Change(product, isDeleted: true))], cancellationToken);
        await catalogue.DeleteAsync([.. products.Select(product => product.Id)], cancellationToken);
    }

    /// <summary>One product as it stands; null when the shop does not have it.</summary>
    public Task<Product?> FindAsync(ProductId id, CancellationToken cancellationToken) => catalogue.FindAsync(id, cancellationToken);

    /// <summary>What the product cost when, oldest first; also of a product that has left.</summary>
    public Task<IReadOnlyList<PriceChange>> PricesAsync(ProductId id, CancellationToken cancellationToken) => prices.ReadAsync(id, cancellationToken);

    /// <summary>Tells the overlay of products that the catalogue holds, and both followers of those that somebody
    /// else changed meanwhile.</summary>
    private async Task ShowAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken)
    {
        IReadOnlyList<Product> left = products;
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            await overlay.RecordAsync([.. left.Select(product => Change(product, isDeleted: false))], cancellationToken);
            IReadOnlyDictionary<ProductId, Product> present = await catalogue.FindManyAsync([.. left.Select(product => product.Id)], cancellationToken);
            Product[] gone = [.. left.Where(product => !present.ContainsKey(product.Id))];
            left = [.. left.Where(told => present.TryGetValue(told.Id, out Product? now) && Offer(now) != Offer(told)).Select(told => present[told.Id]).DistinctBy(now => now.Id)];
            if (gone.Length + left.Count == 0)
            {
                return;
            }

            await prices.RecordAsync([.. gone.Select(product => Price(product, isDeleted: true)), .. left.Select(product => Price(product, isDeleted: false))], cancellationToken);
            await overlay.RecordAsync([.. gone.Select(product => Change(product, isDeleted: true))], cancellationToken);
        }

        throw new StoreUnavailableException("The products changed under us too often; send them again.", TimeSpan.FromSeconds(1), null);
    }

    /// <summary>What overlay and history keep of a product.</summary>
    private static (bool InStock, long? PriceMinor, string? Currency) Offer(Product product) => (product.InStock, product.PriceMinor, product.Currency);

    private PriceChange Price(Product product, bool isDeleted) =>
        new(product.Id, clock.GetUtcNow(), product.PriceMinor, product.Currency, product.InStock && !isDeleted);

    private static Availability Change(Product product, bool isDeleted) =>
        new(product.Id, 0, product.InStock && !isDeleted, product.PriceMinor, product.Currency, isDeleted);
}
