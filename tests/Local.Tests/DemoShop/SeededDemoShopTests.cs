using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.DemoShop;

namespace Aisle.Local.Tests.DemoShop;

public sealed class SeededDemoShopTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 15, 14, 30, 0, TimeSpan.Zero);

    private static readonly DemoShopOptions Small = new() { EndsAt = Now, Products = 400, Shoppers = 600, Events = 24_000, Days = 60 };

    [Fact]
    public void The_same_options_give_the_same_shop()
    {
        SeededDemoShop first = Shop(Small);
        SeededDemoShop second = Shop(Small);

        Assert.Equal(first.Products().Select(Text), second.Products().Select(Text));
        Assert.Equal(first.Shoppers(), second.Shoppers());
        Assert.Equal(Happened(first).Select(Text), Happened(second).Select(Text));
    }

    [Fact]
    public void Another_seed_gives_another_shop()
    {
        SeededDemoShop other = Shop(Small with { Seed = 2 });

        Assert.NotEqual(Shop(Small).Products().Take(20).Select(product => product.Title), other.Products().Take(20).Select(product => product.Title));
    }

    [Fact]
    public void The_shop_has_the_size_that_was_asked_for()
    {
        SeededDemoShop shop = Shop(Small);

        Assert.Equal(400, shop.Products().Select(product => product.Id).Distinct().Count());
        Assert.Equal(600, shop.Shoppers().Select(shopper => shopper.Id).Distinct().Count());
        Assert.InRange(Happened(shop).Count(), 22_500, 25_500);
    }

    [Fact]
    public void Moments_come_in_the_order_of_time_and_none_at_or_after_the_end()
    {
        DateTimeOffset[] times = [.. Shop(Small).Moments().Select(moment => moment.At)];

        Assert.Equal(times.Order(), times);
        Assert.True(times[0] >= new DateTimeOffset(2025, 11, 17, 0, 0, 0, TimeSpan.Zero));
        Assert.True(times[^1] < Now);
        Assert.True(times[^1] > Now.AddHours(-2));
    }

    [Fact]
    public void Every_event_has_an_id_of_its_own() =>
        Assert.Equal(Happened(Shop(Small)).Count(), Happened(Shop(Small)).Select(happened => happened.Id).Distinct().Count());

    [Fact]
    public void No_product_is_touched_before_the_day_it_was_created()
    {
        SeededDemoShop shop = Shop(Small);
        Dictionary<ProductId, DateOnly> created = shop.Products().ToDictionary(product => product.Id, product => product.CreatedDate!.Value);

        Assert.DoesNotContain(
            Happened(shop),
            happened => happened.Product is { } product
                && created[product] > DateOnly.FromDateTime(happened.OccurredAt.UtcDateTime)
                && happened.Type != EventType.Refund);
    }

    [Fact]
    public void Some_products_are_new_in_the_last_week_and_some_shoppers_too()
    {
        SeededDemoShop shop = Shop(Small);
        DateOnly lastWeek = new(2026, 1, 9);

        Assert.InRange(shop.Products().Count(product => product.CreatedDate >= lastWeek), 4, 30);
        Assert.InRange(shop.Shoppers().Count(shopper => shopper.JoinedOn >= lastWeek), 5, 60);
    }

    [Fact]
    public void A_refund_gives_back_what_an_earlier_order_bought()
    {
        DemoEvent[] all = [.. Happened(Shop(Small))];
        ILookup<(string?, ProductId?), DemoEvent> bought = all.Where(e => e.Type == EventType.Purchase).ToLookup(e => (e.Order, e.Product));
        DemoEvent[] refunds = [.. all.Where(e => e.Type == EventType.Refund)];

        Assert.NotEmpty(refunds);
        Assert.All(refunds, refund => Assert.Contains(
            bought[(refund.Order, refund.Product)], line => line.OccurredAt < refund.OccurredAt && line.UnitPriceMinor == refund.UnitPriceMinor));
    }

    [Fact]
    public void The_wire_form_names_the_fields_of_the_contract_and_money_as_decimals()
    {
        DemoEvent refund = Happened(Shop(Small)).First(e => e.Type == EventType.Refund);
        using JsonDocument json = JsonDocument.Parse(Text(refund));

        Assert.Equal("refund", json.RootElement.GetProperty("event_type").GetString());
        Assert.Equal("EUR", json.RootElement.GetProperty("currency").GetString());
        Assert.Equal(
            -Money.FromMinor(refund.UnitPriceMinor!.Value * refund.Quantity!.Value, "EUR"),
            json.RootElement.GetProperty("revenue").GetDecimal());
    }

    [Theory]
    [InlineData(50, 600, 24_000, 60, "--products")]
    [InlineData(400, 10, 24_000, 60, "--shoppers")]
    [InlineData(400, 600, 600, 60, "--events")]
    [InlineData(400, 600, 24_000, 7, "--days")]
    public void A_size_that_cannot_be_made_is_named_with_its_option(int products, int shoppers, long events, int days, string option)
    {
        DemoShopOptions options = Small with { Products = products, Shoppers = shoppers, Events = events, Days = days };

        Assert.Contains(options.Problems(), problem => problem.StartsWith(option, StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => Shop(options));
    }

    private static SeededDemoShop Shop(DemoShopOptions options) => new(options, _ => null);

    private static IEnumerable<DemoEvent> Happened(SeededDemoShop shop) =>
        shop.Moments().OfType<DemoMoment.Happened>().Select(moment => moment.Content);

    private static string Text(Product product) => $"{product with { Tags = [] }} {string.Join('|', product.Tags)}";

    private static string Text(DemoEvent happened)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            happened.WriteTo(json);
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
