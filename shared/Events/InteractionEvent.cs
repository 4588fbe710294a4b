using System.Text.Json.Serialization;

namespace Aisle.Events;

/// <summary>One thing a shopper did or was shown, after validation: a row of <c>interaction_events</c>.</summary>
public sealed record InteractionEvent
{
    /// <summary>The sender's id; redelivery keeps it, so two events with one id are one event.</summary>
    [JsonPropertyName("event_id")]
    public required EventId Id { get; init; }

    /// <summary>The shopper's pseudonym. Null only for imported sales whose buyer is unknown: they count in
    /// totals and train nobody.</summary>
    [JsonPropertyName("user_id")]
    public required UserId? User { get; init; }

    /// <summary>The pseudonym the visitor was first seen under; null when <see cref="User"/> is the first one known.</summary>
    [JsonPropertyName("assignment_id")]
    public AssignmentId? Assignment { get; init; }

    /// <summary>What happened.</summary>
    [JsonPropertyName("event_type")]
    public required EventType Type { get; init; }

    /// <summary>The product; null only for <see cref="EventType.PageView"/>.</summary>
    [JsonPropertyName("product_id")]
    public ProductId? Product { get; init; }

    /// <summary>When the shopper acted (event time), UTC, microsecond precision; not when we heard of it.</summary>
    [JsonPropertyName("event_timestamp")]
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we accepted it, UTC.</summary>
    [JsonPropertyName("ingested_at")]
    public required DateTimeOffset IngestedAt { get; init; }

    /// <summary>The visit it belongs to; null when the sender knows none.</summary>
    [JsonPropertyName("session_id")]
    public SessionId? Session { get; init; }

    /// <summary>The sender's word for the device, such as <c>mobile</c>; null when unknown.</summary>
    [JsonPropertyName("device_type")]
    public string? DeviceType { get; init; }

    /// <summary>The sender's word for the page, such as <c>home</c> or <c>product</c>; null when unknown.</summary>
    [JsonPropertyName("page_type")]
    public string? PageType { get; init; }

    /// <summary>How long the page took to load, milliseconds, at least 0; null when not measured.</summary>
    [JsonPropertyName("page_load_ms")]
    public int? PageLoadMs { get; init; }

    /// <summary>How long the shopper stayed on the page, milliseconds, at least 0; null when not measured.</summary>
    [JsonPropertyName("page_dwell_ms")]
    public int? PageDwellMs { get; init; }

    /// <summary>Pieces bought, added or given back, at least 1; null where the type has none.</summary>
    [JsonPropertyName("quantity")]
    public int? Quantity { get; init; }

    /// <summary>Price of one piece in minor units of <see cref="Currency"/>, at least 0; null where the type has none.</summary>
    [JsonPropertyName("unit_price_minor")]
    public long? UnitPriceMinor { get; init; }

    /// <summary>Revenue of the line in minor units: positive for a purchase, negative for a refund; null where the type has none.</summary>
    [JsonPropertyName("revenue_minor")]
    public long? RevenueMinor { get; init; }

    /// <summary>ISO 4217 code of the two amounts; null exactly when there is no amount.</summary>
    [JsonPropertyName("currency")]
    public string? Currency { get; init; }

    /// <summary>The order of a purchase or refund; null where the type has none.</summary>
    [JsonPropertyName("order_id")]
    public OrderId? Order { get; init; }

    /// <summary>The slate that showed the product; null when the shopper came to it another way.</summary>
    [JsonPropertyName("slate_id")]
    public SlateId? Slate { get; init; }

    /// <summary>The product's position in that slate, from 1; null without a slate.</summary>
    [JsonPropertyName("position")]
    public int? Position { get; init; }
}
