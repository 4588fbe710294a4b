using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>The history of prices in SQLite: one row a change.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqlitePriceHistory(SqliteDatabase database) : IPriceHistory
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS price_changes (
          product_id TEXT NOT NULL, changed_at INTEGER NOT NULL, price_minor INTEGER, currency TEXT, in_stock INTEGER NOT NULL, PRIMARY KEY (product_id, changed_at)) WITHOUT ROWID;
        """;

    // "IS" compares nulls too.
    private const string Record =
        """
        INSERT INTO price_changes (product_id, changed_at, price_minor, currency, in_stock)
        SELECT $product, $at, $price, $currency, $stock
        WHERE NOT EXISTS (
          SELECT 1 FROM (SELECT * FROM price_changes WHERE product_id = $product AND changed_at <= $at ORDER BY changed_at DESC LIMIT 1)
          WHERE price_minor IS $price AND currency IS $currency AND in_stock = $stock)
        ON CONFLICT (product_id, changed_at) DO UPDATE SET price_minor = excluded.price_minor, currency = excluded.currency, in_stock = excluded.in_stock
        """;

    /// <inheritdoc/>
    public Task RecordAsync(IReadOnlyList<PriceChange> changes, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (PriceChange change in changes)
                {
                    session.Execute(
                        Record, ("$product", change.Product.Value), ("$at", SqliteTime.ToMicros(change.At)), ("$price", change.PriceMinor),
                        ("$currency", change.Currency), ("$stock", change.InStock));
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PriceChange>> ReadAsync(ProductId product, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read<IReadOnlyList<PriceChange>>(session =>
        {
            using SqliteDataReader reader = session.Query(
                "SELECT changed_at, price_minor, currency, in_stock FROM price_changes WHERE product_id = $product ORDER BY changed_at", ("$product", product.Value));
            List<PriceChange> changes = [];
            while (reader.Read())
            {
                PriceChange change = new(
                    product, SqliteTime.FromMicros(reader.GetInt64(0)), reader.IsDBNull(1) ? null : reader.GetInt64(1),
                    reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetBoolean(3));
                if (changes.Count == 0 || !change.SaysTheSameAs(changes[^1]))
                {
                    changes.Add(change);
                }
            }

            return changes;
        }));
    }
}
