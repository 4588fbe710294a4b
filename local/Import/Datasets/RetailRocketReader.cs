using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>Understands the rows of RetailRocket.</summary>
/// <param name="rows">The file.</param>
/// <param name="userColumn">Which column names the visitor.</param>
/// <param name="itemColumn">Which column names the item.</param>
internal sealed class RetailRocketReader(CsvRows rows, string userColumn, string itemColumn) : IRowReader
{
    // Seconds until the year 2128, milliseconds from 1978 on.
    private const long LargestSeconds = 5_000_000_000;
    private const long LargestMilliseconds = 5_000_000_000_000;

    private readonly HashSet<ProductId> _products = [];

    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => [.. _products.Order().Select(id => new Product { Id = id })];

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read() => [ReadRow()];

    private ImportedRow ReadRow()
    {
        string user = rows[userColumn];
        string item = rows[itemColumn];
        if (!Identity.IsValid(user) || !Identity.IsValid(item))
        {
            return Reject($"{userColumn} or {itemColumn} is empty");
        }

        if (TypeOf(rows["event"]) is not { } type)
        {
            return Reject("event is not view, addtocart or transaction");
        }

        return TimeOf(rows["timestamp"]) is { } at ? Accept(user, item, type, at) : Reject(WhyNoTime());
    }

    private ImportedRow.Accepted Accept(string user, string item, EventType type, DateTimeOffset at)
    {
        ProductId product = new(item);
        _products.Add(product);
        string order = rows["transactionid"];
        return new ImportedRow.Accepted(rows.Line, type.WireName(), new ImportedEvent
        {
            Id = new EventId(EventKey.Of("rr", user, item, type.WireName(), at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture))),
            Shopper = user,
            Type = type,
            Product = product,
            OccurredAt = at,
            Quantity = type == EventType.Purchase ? 1 : null,
            Order = Identity.IsValid(order) ? new OrderId(order) : null,
        });
    }

    private string WhyNoTime() => rows["timestamp"].Length == 0
        ? "no time: a row that was held out for testing"
        : "timestamp is no unix time in seconds or milliseconds";

    private static EventType? TypeOf(string name) => name switch
    {
        "view" => EventType.View,
        "addtocart" => EventType.AddToCart,
        "transaction" => EventType.Purchase,
        _ => null,
    };

    private static DateTimeOffset? TimeOf(string text) =>
        !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long time) || time is <= 0 or > LargestMilliseconds
            ? null
            : time <= LargestSeconds ? DateTimeOffset.FromUnixTimeSeconds(time) : DateTimeOffset.FromUnixTimeMilliseconds(time);

    private ImportedRow.Rejected Reject(string kind) => new(rows.Line, kind, rows.Text());
}
