using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.RetrainVictim;

/// <summary>The shop of the kill test: two tastes, the same in every process.</summary>
public static class VictimShop
{
    /// <summary>Where the first process's clock stands.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 15, 12, 0, 0, TimeSpan.Zero);

    private const int Shoppers = 60;
    private const int Products = 40;
    private const int Touches = 10;

    /// <summary>The catalogue.</summary>
    public static IReadOnlyList<Product> Catalogue { get; } = [.. Enumerable.Range(0, Products).Select(i => new Product
    {
        Id = new ProductId($"p{i:000}"),
        Title = i % 2 == 0 ? "Oak garden bench" : "Steel kitchen knife",
        Category = i % 2 == 0 ? "Garden" : "Kitchen",
        PriceMinor = 1_000 + i,
        Currency = "EUR",
    })];

    /// <summary>What happened: each shopper touches products of the own taste, two days apart, and buys some.</summary>
    public static IReadOnlyList<InteractionEvent> Events { get; } =
        [.. from shopper in Enumerable.Range(0, Shoppers) from touch in Enumerable.Range(0, Touches) select Event(shopper, touch)];

    /// <summary>The shoppers' documents.</summary>
    public static IReadOnlyList<ProfileWrite> Profiles { get; } = [.. Enumerable.Range(0, Shoppers).Select(shopper => new ProfileWrite(
        new ShopperProfile { User = new UserId($"u{shopper:000}"), NewestEventAt = Start, ExpiresAt = Start.AddDays(30) }, null))];

    private static InteractionEvent Event(int shopper, int touch)
    {
        DateTimeOffset at = Start.AddDays(-19 + (2 * touch)).AddMinutes(shopper);
        bool isPurchase = touch % 3 == 0;
        return new InteractionEvent
        {
            Id = new EventId($"e{shopper:000}-{touch:00}"),
            User = new UserId($"u{shopper:000}"),
            Type = isPurchase ? EventType.Purchase : EventType.View,
            Product = new ProductId($"p{(((touch * 7) + (shopper * 3)) % (Products / 2) * 2) + (shopper % 2):000}"),
            OccurredAt = at,
            IngestedAt = at,
            Quantity = isPurchase ? 1 : null,
            UnitPriceMinor = isPurchase ? 1_000 : null,
            RevenueMinor = isPurchase ? 1_000 : null,
            Currency = isPurchase ? "EUR" : null,
            Order = isPurchase ? new OrderId($"o{shopper:000}-{touch:00}") : null,
        };
    }
}
