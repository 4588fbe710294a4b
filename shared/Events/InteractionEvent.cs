namespace Aisle.Events;

/// <summary>One thing a shopper did or was shown, after validation: a row of <c>interaction_events</c>.</summary>
public sealed record InteractionEvent
{
    /// <summary>The sender's id; redelivery keeps it, so two events with one id are one event.</summary>
    public required EventId Id { get; init; }

    /// <summary>The shopper's pseudonym. Null only for imported sales whose buyer is unknown: they count in totals and train nobody.</summary>
    public required UserId? User { get; init; }

    /// <summary>The pseudonym the visitor was first seen under; null when <see cref="User"/> is the first one known.</summary>
    public AssignmentId? Assignment { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>The product; null only for <see cref="EventType.PageView"/>.</summary>
    public ProductId? Product { get; init; }

    /// <summary>When the shopper acted (event time), UTC, microsecond precision; not when we heard of it.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When we accepted it, UTC.</summary>
    public required DateTimeOffset IngestedAt { get; init; }

    /// <summary>The visit it belongs to; null when the sender knows none.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The sender's word for the device, such as <c>mobile</c>; null when unknown.</summary>
    public string? DeviceType { get; init; }

    /// <summary>The sender's word for the page, such as <c>home</c> or <c>product</c>; null when unknown.</summary>
    public string? PageType { get; init; }

    /// <summary>How long the page took to load, milliseconds, at least 0; null when not measured.</summary>
    public int? PageLoadMs { get; init; }

    /// <summary>How long the shopper stayed on the page, milliseconds, at least 0; null when not measured.</summary>
    public int? PageDwellMs { get; init; }

    /// <summary>Pieces bought, added or given back, at least 1; null where the type has none.</summary>
    public int? Quantity { get; init; }

    /// <summary>Price of one piece in minor units of <see cref="Currency"/>, at least 0; null where the type has none.</summary>
    public long? UnitPriceMinor { get; init; }

    /// <summary>Revenue of the line in minor units: positive for a purchase, negative for a refund; null where the type has none.</summary>
    public long? RevenueMinor { get; init; }

    /// <summary>ISO 4217 code of the two amounts; null exactly when there is no amount.</summary>
    public string? Currency { get; init; }

    /// <summary>The order of a purchase or refund; null where the type has none.</summary>
    public OrderId? Order { get; init; }

    /// <summary>The slate that showed the product; null when the shopper came to it another way.</summary>
    public SlateId? Slate { get; init; }

    /// <summary>The product's position in that slate, from 1; null without a slate.</summary>
    public int? Position { get; init; }
}
