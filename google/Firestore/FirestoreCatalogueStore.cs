using System.Runtime.CompilerServices;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>The catalogue in Firestore: one document per product in <c>products</c>.</summary>
public sealed class FirestoreCatalogueStore : ICatalogueStore
{
    private const int PageSize = 1000;
    private const int MaxAttempts = 20;

    private readonly DocumentSet<Product> _products;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestoreCatalogueStore(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _products = new(database.Collection("products"), ProductDocument.Encode, ProductDocument.Decode, new BatchWriter(database, clock));
    }

    /// <inheritdoc/>
    public Task UpsertAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken) =>
        _products.WriteAsync(products.Select(product => (Id(product.Id), product)), cancellationToken);

    /// <inheritdoc/>
    public async Task<Product?> UpdateAsync(ProductId product, Func<Product, Product> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        string id = Id(product);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            if (await _products.ReadAsync(id, cancellationToken) is not { } present)
            {
                return null;
            }

            Product changed = change(present.Value);
            if ((await _products.TryWriteAsync([(id, changed, present.Tag)], cancellationToken))[0] is not null)
            {
                return changed;
            }
        }

        throw new StoreUnavailableException("The product changed under us too often; send the change again.", TimeSpan.FromSeconds(1), null);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken) =>
        _products.DeleteAsync(products.Select(Id), cancellationToken);

    /// <inheritdoc/>
    public async Task<Product?> FindAsync(ProductId product, CancellationToken cancellationToken) =>
        (await _products.ReadAsync(Id(product), cancellationToken))?.Value;

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<ProductId, Product>> FindManyAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken) =>
        (await _products.ReadAsync(products.Select(Id), cancellationToken)).ToDictionary(found => found.Value.Id, found => found.Value);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Product> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<Versioned<Product>> page = await ReadPageAsync(after: "", cancellationToken);
        while (page.Count > 0)
        {
            foreach (Versioned<Product> product in page)
            {
                yield return product.Value;
            }

            page = page.Count < PageSize ? [] : await ReadPageAsync(page[^1].Value.Id.Value, cancellationToken);
        }
    }

    private Task<IReadOnlyList<Versioned<Product>>> ReadPageAsync(string after, CancellationToken cancellationToken) =>
        _products.ReadAsync(products => products.WhereGreaterThan("product_id", after).OrderBy("product_id").Limit(PageSize), cancellationToken);

    private static string Id(ProductId product) => DocumentIds.Hashed(product.Value);
}
