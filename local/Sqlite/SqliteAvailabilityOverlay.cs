using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Price and stock changes in SQLite: the latest of each product, numbered in the order in which they came.</summary>
/// <param name="database">A file made with <see cref="Schema"/>.</param>
public sealed class SqliteAvailabilityOverlay(SqliteDatabase database) : IAvailabilityOverlay
{
    /// <summary>The table that the store needs.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS availability (
          product_id TEXT PRIMARY KEY, version INTEGER NOT NULL, in_stock INTEGER NOT NULL, price_minor INTEGER, currency TEXT, deleted INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS availability_version ON availability (version);
        """;

    private const string Record =
        "INSERT INTO availability (product_id, version, in_stock, price_minor, currency, deleted) " +
        "VALUES ($product, (SELECT COALESCE(MAX(version), 0) + 1 FROM availability), $stock, $price, $currency, $deleted) " +
        "ON CONFLICT (product_id) DO UPDATE SET version = excluded.version, in_stock = excluded.in_stock, price_minor = excluded.price_minor, " +
        "currency = excluded.currency, deleted = excluded.deleted";

    /// <inheritdoc/>
    public Task RecordAsync(IReadOnlyList<Availability> changes, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (Availability change in changes)
                {
                    session.Execute(
                        Record, ("$product", change.Product.Value), ("$stock", change.InStock), ("$price", change.PriceMinor),
                        ("$currency", change.Currency), ("$deleted", change.Deleted));
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Availability>> ReadSinceAsync(long afterVersion, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(database.Read<IReadOnlyList<Availability>>(session =>
        {
            using SqliteDataReader reader = session.Query(
                "SELECT product_id, version, in_stock, price_minor, currency, deleted FROM availability WHERE version > $after ORDER BY version",
                ("$after", afterVersion));
            List<Availability> changes = [];
            while (reader.Read())
            {
                changes.Add(new Availability(
                    new ProductId(reader.GetString(0)), reader.GetInt64(1), reader.GetBoolean(2),
                    reader.IsDBNull(3) ? null : reader.GetInt64(3), reader.IsDBNull(4) ? null : reader.GetString(4), reader.GetBoolean(5)));
            }

            return changes;
        }));
    }
}
