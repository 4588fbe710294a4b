using System.Globalization;
using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.ShopExports;

/// <summary>Understands one exported event of Google Analytics 4: one event of ours for each item in it.</summary>
internal sealed class Ga4Reader(JsonRows rows, RowMaker maker, string? fallbackCurrency) : IRowReader
{
    private readonly NamedProducts _products = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => _products.All;

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read()
    {
        string name = rows["event_name"];
        return name switch
        {
            "page_view" => [Page()],
            "view_item" => Items(EventType.View),
            "select_item" => Items(EventType.Click),
            "add_to_cart" => Items(EventType.AddToCart),
            "remove_from_cart" => Items(EventType.RemoveFromCart),
            "purchase" => Items(EventType.Purchase),
            "refund" => Items(EventType.Refund),
            _ => [maker.LeftOut("an event_name that is no event of a shop's products or pages")],
        };
    }

    private ImportedRow Page()
    {
        List<EventFault> faults = [];
        return maker.Event("page_view", Common(EventType.PageView, "0", faults) with { PageType = Cut(Ga4Importer.Parameter(rows.Row, "page_type")) }, faults);
    }

    private IEnumerable<ImportedRow> Items(EventType type)
    {
        if (!rows.Row.TryGetProperty("items", out JsonElement items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() == 0)
        {
            yield return maker.LeftOut($"{rows["event_name"]} without items");
            yield break;
        }

        int index = 0;
        foreach (JsonElement item in items.EnumerateArray())
        {
            yield return Item(type, item, index++);
        }
    }

    private ImportedRow Item(EventType type, JsonElement item, int index)
    {
        List<EventFault> faults = [];
        bool isSale = type is EventType.Purchase or EventType.Refund;
        decimal? price = RowMaker.Within("items.price", RowMaker.Amount("items.price", Ga4Importer.Member(item, "price"), faults), faults);
        long quantity = RowMaker.Whole("items.quantity", Ga4Importer.Member(item, "quantity"), faults) ?? 1;
        string? currency = FieldText.OrNull(Ga4Importer.Parameter(rows.Row, "currency")) ?? fallbackCurrency;
        decimal? revenue = isSale ? Revenue(type, item, price, quantity, faults) : null;
        ImportedRow row = maker.Event(type.WireName(), Common(type, index.ToString(CultureInfo.InvariantCulture), faults) with
        {
            ProductId = FieldText.OrNull(Ga4Importer.Member(item, "item_id")) ?? FieldText.OrNull(Ga4Importer.Member(item, "item_name")),
            Quantity = isSale || type is EventType.AddToCart or EventType.RemoveFromCart ? quantity : null,
            UnitPrice = price,
            Revenue = revenue,
            Currency = price is null && revenue is null ? null : currency,
            OrderId = FieldText.OrNull(rows["ecommerce.transaction_id"]) ?? FieldText.OrNull(Ga4Importer.Parameter(rows.Row, "transaction_id")),
        }, faults);
        Remember(row, item, price, currency);
        return row;
    }

    /// <summary>What the item brought in or took back; computed where the export has no amount of its own.</summary>
    private static decimal? Revenue(EventType type, JsonElement item, decimal? price, long quantity, List<EventFault> faults)
    {
        string field = type == EventType.Refund ? "item_refund" : "item_revenue";
        decimal? own = RowMaker.Amount($"items.{field}", Ga4Importer.Member(item, field), faults) ?? (price * quantity);
        return type == EventType.Refund ? -Math.Abs(own ?? 0) : own;
    }

    private RawEvent Common(EventType type, string index, List<EventFault> faults)
    {
        string visitor = rows["user_pseudo_id"];
        string time = rows["event_timestamp"];
        string session = Ga4Importer.Parameter(rows.Row, "ga_session_id");
        string user = rows["user_id"] is { Length: > 0 } known ? known : visitor;
        string order = string.Join('|', rows["event_bundle_sequence_id"], rows["batch_event_index"], rows["batch_ordering_id"]);
        return new RawEvent
        {
            EventId = EventKey.Digest("ga4", $"{visitor}|{user}|{time}|{rows["event_name"]}|{order}|{index}"),
            UserId = FieldText.OrNull(user),
            AssignmentId = visitor.Length > 0 && visitor != user ? visitor : null,
            EventType = type.WireName(),
            EventTimestamp = maker.Time("event_timestamp", time, faults),
            SessionId = session.Length == 0 ? null : EventKey.Of("ga4", visitor, session),
            DeviceType = Cut(rows["device.category"]),
        };
    }

    private void Remember(ImportedRow row, JsonElement item, decimal? price, string? currency)
    {
        if (row is not ImportedRow.Accepted { Content: { Product: { } product } content })
        {
            return;
        }

        _products.Add(
            new RawProduct
            {
                ProductId = product.Value,
                Title = Said(item, "item_name"),
                Category = Said(item, "item_category"),
                Subcategory = Said(item, "item_category2"),
                Brand = Said(item, "item_brand"),
                Price = currency is null ? null : price,
                Currency = currency,
            },
            content.OccurredAt);
    }

    /// <summary>The export writes "(not set)" where nothing was sent.</summary>
    private static string? Said(JsonElement item, string name) => Ga4Importer.Member(item, name) is { Length: > 0 } text and not "(not set)" ? text : null;

    private static string? Cut(string text) => text.Length is 0 or > 64 ? null : text;
}
