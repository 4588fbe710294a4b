using Aisle.Events;

namespace Aisle.Local.Import;

/// <summary>An event of a data set, with the shop's own ids: it becomes an <see cref="InteractionEvent"/> once its shopper has a pseudonym.</summary>
public sealed record ImportedEvent
{
    /// <summary>Made from the row's own fields, so that importing a file again changes nothing.</summary>
    public required EventId Id { get; init; }

    /// <summary>The shop's own id of the shopper; null when unknown: the event counts in totals and trains nobody.</summary>
    public required string? Shopper { get; init; }

    /// <summary>What happened.</summary>
    public required EventType Type { get; init; }

    /// <summary>To which product.</summary>
    public required ProductId Product { get; init; }

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
            Type = Type,
            Product = Product,
            OccurredAt = OccurredAt,
            IngestedAt = ingestedAt,
            Quantity = Quantity,
            UnitPriceMinor = UnitPriceMinor,
            RevenueMinor = RevenueMinor,
            Currency = Currency,
            Order = Order,
        };
    }
}
