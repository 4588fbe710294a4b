using System.Runtime.CompilerServices;
using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>The catalogue in SQLite: one JSON document a product.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteCatalogueStore(SqliteDatabase database) : ICatalogueStore
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema = "CREATE TABLE IF NOT EXISTS products (product_id TEXT PRIMARY KEY, document BLOB NOT NULL);";

    private const int PageSize = 1000;

    /// <inheritdoc/>
    public Task UpsertAsync(IReadOnlyList<Product> products, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (Product product in products)
                {
                    Write(session, product);
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Product?> UpdateAsync(ProductId product, Func<Product, Product> change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (Find(session, product) is not { } present)
                {
                    return null;
                }

                Product changed = change(present);
                Write(session, changed);
                return changed;
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (ProductId product in products)
                {
                    session.Execute("DELETE FROM products WHERE product_id = $id", ("$id", product.Value));
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Product?> FindAsync(ProductId product, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read(session => Find(session, product)));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<ProductId, Product>> FindManyAsync(IReadOnlyCollection<ProductId> products, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read<IReadOnlyDictionary<ProductId, Product>>(session =>
            products.Distinct().Select(product => Find(session, product)).OfType<Product>().ToDictionary(product => product.Id)));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Product> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<Product> page = ReadPage("");
        while (page.Count > 0)
        {
            foreach (Product product in page)
            {
                yield return product;
            }

            cancellationToken.ThrowIfCancellationRequested();
            page = ReadPage(page[^1].Id.Value);
            await Task.CompletedTask;
        }
    }

    private static Product? Find(SqliteSession session, ProductId product)
    {
        using SqliteDataReader reader = session.Query("SELECT document FROM products WHERE product_id = $id", ("$id", product.Value));
        return reader.Read() ? Document(reader) : null;
    }

    private static void Write(SqliteSession session, Product product) => session.Execute(
        "INSERT INTO products (product_id, document) VALUES ($id, $document) ON CONFLICT (product_id) DO UPDATE SET document = excluded.document",
        ("$id", product.Id.Value), ("$document", JsonSerializer.SerializeToUtf8Bytes(product, StateJson.Default.Product)));

    private List<Product> ReadPage(string after) => database.Read(session =>
    {
        using SqliteDataReader reader = session.Query(
            "SELECT document FROM products WHERE product_id > $after ORDER BY product_id LIMIT $limit", ("$after", after), ("$limit", PageSize));
        List<Product> page = [];
        while (reader.Read())
        {
            page.Add(Document(reader));
        }

        return page;
    });

    private static Product Document(SqliteDataReader reader) =>
        JsonSerializer.Deserialize(reader.GetFieldValue<byte[]>(0), StateJson.Default.Product)!;
}
