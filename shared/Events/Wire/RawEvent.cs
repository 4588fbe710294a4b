namespace Aisle.Events.Wire;

/// <summary>An event as a sender or an importer gives it, before any rule: the collector's wire form, field by field.</summary>
public sealed record RawEvent
{
    /// <summary>The sender's id of the event.</summary>
    public string? EventId { get; init; }

    /// <summary>The shop's own user or visitor id, raw; it is pseudonymised before anything is kept.</summary>
    public string? UserId { get; init; }

    /// <summary>The visitor's first id, raw, when it differs from the user id.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>One of <see cref="EventTypes.Names"/>.</summary>
    public string? EventType { get; init; }

    /// <summary>The shop's product id.</summary>
    public string? ProductId { get; init; }

    /// <summary>When the shopper acted.</summary>
    public DateTimeOffset? EventTimestamp { get; init; }

    /// <summary>The visit.</summary>
    public string? SessionId { get; init; }

    /// <summary>The device.</summary>
    public string? DeviceType { get; init; }

    /// <summary>The page.</summary>
    public string? PageType { get; init; }

    /// <summary>Load time in milliseconds.</summary>
    public long? PageLoadMs { get; init; }

    /// <summary>Dwell time in milliseconds.</summary>
    public long? PageDwellMs { get; init; }

    /// <summary>Pieces.</summary>
    public long? Quantity { get; init; }

    /// <summary>Price of a piece, in whole units of the currency.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Revenue of the line, in whole units of the currency; negative for a refund.</summary>
    public decimal? Revenue { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public string? Currency { get; init; }

    /// <summary>The order.</summary>
    public string? OrderId { get; init; }

    /// <summary>The slate that showed the product.</summary>
    public string? SlateId { get; init; }

    /// <summary>The position in that slate, from 1.</summary>
    public long? Position { get; init; }
}
