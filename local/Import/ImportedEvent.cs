using Aisle.Events;

namespace Aisle.Local.Import;

/// <summary>An event of a data set, with the shop's own ids: it becomes an <see cref="InteractionEvent"/> once
/// its shopper has a pseudonym.</summary>
public sealed record ImportedEvent
{
    /// <summary>Made from the row's own fields, so that importing a file again changes nothing.</summary>
    public required EventId Id { get; init; }

    /// <summary>The shop's own id of the shopper; null when unknown: the event counts in totals and trains nobody.</summary>
    public required string? Shopper { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>To which product; null only for a page view.</summary>
    public required ProductId? Product { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Pieces, at least 1; null when the data set does not say.</summary>
    public int? Quantity { get; init; }

    /// <summary>Price of one piece in minor units; null when the data set has no prices.</summary>
    public long? UnitPriceMinor { get; init; }

    /// <summary>Revenue in minor units, negative for a refund; null when the data set has no prices.</summary>
    public long? RevenueMinor { get; init; }

    /// <summary>ISO 4217 code; null exactly when there is no amount.</summary>
    public string? Currency { get; init; }

    /// <summary>The order; null when the data set does not say.</summary>
    public OrderId? Order { get; init; }

    /// <summary>The shop's own id of the visitor before login, when it is another one; null otherwise.</summary>
    public string? Visitor { get; init; }

    /// <summary>The visit; null when the data set does not say.</summary>
    public SessionId? Session { get; init; }

    /// <summary>The device; null when the data set does not say.</summary>
    public string? DeviceType { get; init; }

    /// <summary>The page; null when the data set does not say.</summary>
    public string? PageType { get; init; }

    /// <summary>Load time in milliseconds; null when the data set does not say.</summary>
    public int? PageLoadMs { get; init; }

    /// <summary>Dwell time in milliseconds; null when the data set does not say.</summary>
    public int? PageDwellMs { get; init; }

    /// <summary>The slate that showed the product; null when the data set does not say.</summary>
    public SlateId? Slate { get; init; }

    /// <summary>The position in that slate, from 1; null exactly when there is no slate.</summary>
    public int? Position { get; init; }

    /// <summary>An event that the rules accepted while its ids were still the shop's own.</summary>
    public static ImportedEvent From(InteractionEvent accepted)
    {
        ArgumentNullException.ThrowIfNull(accepted);
        return new ImportedEvent
        {
            Id = accepted.Id,
            Shopper = accepted.User?.Value,
            Visitor = accepted.Assignment?.Value,
            Type = accepted.Type,
            Product = accepted.Product,
            OccurredAt = accepted.OccurredAt,
            Session = accepted.Session,
            DeviceType = accepted.DeviceType,
            PageType = accepted.PageType,
            PageLoadMs = accepted.PageLoadMs,
            PageDwellMs = accepted.PageDwellMs,
            Quantity = accepted.Quantity,
            UnitPriceMinor = accepted.UnitPriceMinor,
            RevenueMinor = accepted.RevenueMinor,
            Currency = accepted.Currency,
            Order = accepted.Order,
            Slate = accepted.Slate,
            Position = accepted.Position,
        };
    }

    /// <summary>The event under a pseudonym.</summary>
    /// <param name="pseudonymOf">Makes a shopper's pseudonym from the shop's own id.</param>
    /// <param name="ingestedAt">When it was accepted, UTC.</param>
    public InteractionEvent ToEvent(Func<string, UserId> pseudonymOf, DateTimeOffset ingestedAt)
    {
        ArgumentNullException.ThrowIfNull(pseudonymOf);
        return new InteractionEvent
        {
            Id = Id,
            User = Shopper is null ? null : pseudonymOf(Shopper),
            Assignment = Visitor is null || Visitor == Shopper ? null : new AssignmentId(pseudonymOf(Visitor).Value),
            Type = Type,
            Product = Product,
            OccurredAt = OccurredAt,
            IngestedAt = ingestedAt,
            Session = Session,
            DeviceType = DeviceType,
            PageType = PageType,
            PageLoadMs = PageLoadMs,
            PageDwellMs = PageDwellMs,
            Quantity = Quantity,
            UnitPriceMinor = UnitPriceMinor,
            RevenueMinor = RevenueMinor,
            Currency = Currency,
            Order = Order,
            Slate = Slate,
            Position = Position,
        };
    }
}
