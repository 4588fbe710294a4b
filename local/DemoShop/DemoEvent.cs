using System.Text.Json;
using Aisle.Events;

namespace Aisle.Local.DemoShop;

/// <summary>One event as a shop would send it: with the shop's own ids, before any pseudonym.</summary>
public sealed record DemoEvent
{
    /// <summary>The sender's id; the same each time the shop is generated.</summary>
    public required string Id { get; init; }

    /// <summary>The shop's own id of the shopper.</summary>
    public required string Shopper { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The product; null for page views of no product.</summary>
    public ProductId? Product { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The visit; null for what happens outside any, such as a refund.</summary>
    public required string? Session { get; init; }

    /// <summary>The device of the visit.</summary>
    public required string DeviceType { get; init; }

    /// <summary>The kind of page; null where the type has none.</summary>
    public string? PageType { get; init; }

    /// <summary>Milliseconds until the page had loaded; null where the type has none.</summary>
    public int? PageLoadMs { get; init; }

    /// <summary>Milliseconds that the shopper stayed; null where the type has none.</summary>
    public int? PageDwellMs { get; init; }

    /// <summary>Pieces; null where the type has none.</summary>
    public int? Quantity { get; init; }

    /// <summary>Price of one piece in minor units; null where the type has none.</summary>
    public long? UnitPriceMinor { get; init; }

    /// <summary>ISO 4217 code; null exactly when there is no price.</summary>
    public string? Currency { get; init; }

    /// <summary>The order; null but for purchases and refunds.</summary>
    public string? Order { get; init; }

    /// <summary>The slate that showed the product; null when the shopper came to it another way.</summary>
    public string? Slate { get; init; }

    /// <summary>The product's position in that slate, from 1; null without a slate.</summary>
    public int? Position { get; init; }

    /// <summary>Writes the event in the wire form of <c>POST /v1/events</c>.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        json.WriteStartObject();
        json.WriteString("event_id", Id);
        json.WriteString("user_id", Shopper);
        json.WriteString("event_type", Type.WireName());
        json.WriteString("event_timestamp", OccurredAt);
        Write(json, "session_id", Session);
        json.WriteString("device_type", DeviceType);
        Write(json, "product_id", Product?.Value);
        Write(json, "page_type", PageType);
        Write(json, "page_load_ms", PageLoadMs);
        Write(json, "page_dwell_ms", PageDwellMs);
        Write(json, "order_id", Order);
        Write(json, "slate_id", Slate);
        Write(json, "position", Position);
        WriteMoney(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private void WriteMoney(Utf8JsonWriter json)
    {
        if (UnitPriceMinor is not { } price || Quantity is not { } quantity || Currency is null)
        {
            return;
        }

        json.WriteNumber("quantity", quantity);
        json.WriteNumber("unit_price", Money.FromMinor(price, Currency));
        if (Type is EventType.Purchase or EventType.Refund)
        {
            long sign = Type == EventType.Refund ? -1 : 1;
            json.WriteNumber("revenue", Money.FromMinor(sign * price * quantity, Currency));
        }

        json.WriteString("currency", Currency);
    }
}
