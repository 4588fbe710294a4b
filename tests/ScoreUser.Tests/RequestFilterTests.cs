using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Testing;
using CsCheck;

namespace Aisle.ScoreUser.Tests;

public sealed class RequestFilterTests
{
    /// <summary>The surfaces that popularity fills up.</summary>
    private static readonly string[] FilledUp = ["home", "because_you_bought", "similar", "cart", "trending", "new"];

    [Theory]
    [InlineData("?product_id=p010&min_price_ratio=0.9&max_price_ratio=1.2", 13.50, 18.00)]
    [InlineData("?product_id=p010&min_price_ratio=1", 15.00, 100.00)]
    [InlineData("?product_id=p010&max_price_ratio=0.5&min_price=7", 7.00, 7.50)]
    public async Task A_price_band_counts_from_the_product_that_is_looked_at(string query, double least, double most)
    {
        using World world = await World.ServingAsync();

        JsonElement slate = (await world.GetAsync(query)).Body;

        Assert.NotEmpty(slate.GetProperty("items").EnumerateArray());
        Assert.All(slate.GetProperty("items").EnumerateArray(), item => Assert.InRange(item.GetProperty("price").GetDouble(), least, most));
    }

    [Fact]
    public async Task A_floor_holds_whatever_the_shopper_likes()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10, 12);

        for (int least = 1; least <= 10; least++)
        {
            JsonElement slate = (await world.GetAsync($"?user_id=cook&min_per_category=Garden:{least}")).Body;

            Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
            Assert.True(slate.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("category").GetString() == "Garden") >= least);
            Assert.Equal(10, slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()).Distinct().Count());
        }
    }

    [Fact]
    public async Task Caps_and_floors_hold_together()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10, 12);

        JsonElement slate = (await world.GetAsync("?user_id=cook&max_per_category=7&min_per_category=Garden:3,Kitchen:3")).Body;

        int garden = slate.GetProperty("items").EnumerateArray().Count(item => item.GetProperty("category").GetString() == "Garden");
        Assert.InRange(garden, 3, 7);
    }

    [Fact]
    public async Task What_was_bought_is_shown_again_only_on_request()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.Purchase, 0);

        Assert.DoesNotContain("p000", Products((await world.GetAsync("?user_id=cook&limit=100")).Body));
        Assert.Contains("p000", Products((await world.GetAsync("?user_id=cook&limit=100&show_purchased=true")).Body));
    }

    [Fact]
    public async Task What_the_shopper_put_into_the_cart_is_not_recommended()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.AddToCart, 0, 2);

        string home = Products((await world.GetAsync("?user_id=cook&limit=100")).Body);

        Assert.DoesNotContain("p000", home);
        Assert.DoesNotContain("p002", home);
        Assert.Contains("p000", Products((await world.GetAsync("?user_id=cook&limit=100&surface=recently_viewed")).Body));
    }

    [Fact]
    public async Task A_cart_is_forgotten_after_a_day_and_what_the_request_says_is_not()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.AddToCart, 0);
        world.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Contains("p000", Products((await world.GetAsync("?user_id=cook&limit=100")).Body));
        Assert.DoesNotContain("p000", Products((await world.GetAsync("?user_id=cook&limit=100&cart=p000")).Body));
    }

    [Theory]
    [InlineData("?categories=Kitchen&exclude_categories=Kitchen", "category")]
    [InlineData("?brands=Nobody", "brand")]
    [InlineData("?tags=indoor&exclude_tags=indoor", "tag")]
    [InlineData("?min_price=20&max_price=10", "price")]
    [InlineData("?product_id=p010&min_price_ratio=2&max_price_ratio=1", "price")]
    public async Task Filters_that_contradict_each_other_give_an_empty_list_and_say_why(string query, string reason)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement slate) = await world.GetAsync(query);

        Assert.Equal(200, status);
        Assert.Empty(slate.GetProperty("items").EnumerateArray());
        JsonElement shortfall = slate.GetProperty("shortfall");
        Assert.Equal((10, 0), (shortfall.GetProperty("requested").GetInt32(), shortfall.GetProperty("eligible").GetInt32()));
        Assert.InRange(shortfall.GetProperty("reasons").GetProperty(reason).GetInt32(), TwoTopicShop.ProductCount / 2, TwoTopicShop.ProductCount);
    }

    [Fact]
    public async Task If_limit_products_may_be_shown_limit_are_and_none_that_may_not()
    {
        using World world = await World.ServingAsync(habits: true);
        await world.TouchAsync("cook", EventType.View, 4, 6, 8, 10, 12, 14);
        Product[] shop = TwoTopicShop.Products();
        await Gen.Select(Gen.Int[0, 5], Gen.Int[1, 45], Gen.Int[0, 3], Gen.Int[5, 45], Gen.Int[5, 45], Gen.Int[0, 39].Array[0, 12]).SampleAsync(async (surface, limit, topic, low, high, excluded) =>
        {
            string category = topic switch { 0 => "&categories=Kitchen", 1 => "&exclude_categories=Kitchen", 2 => "&tags=outdoor", _ => "" };
            string exclude = string.Join(',', excluded.Select(product => TwoTopicShop.Product(product).Value));
            string name = FilledUp[surface];
            HashSet<string> allowed = [.. shop
                .Where((product, number) => !excluded.Contains(number) && number is not (0 or 2) && product.PriceMinor >= low * 100 && product.PriceMinor <= high * 100
                    && (topic == 3 || (number % 2 == 0) == (topic == 0)))
                .Select(product => product.Id.Value)];

            JsonElement slate = (await world.GetAsync($"?user_id=cook&surface={name}&limit={limit}&product_id=p000&cart=p002&min_price={low}&max_price={high}&exclude={exclude}{category}")).Body;

            string[] shown = [.. slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()!)];
            return shown.Length == Math.Min(limit, allowed.Count) && shown.All(allowed.Contains) && shown.Distinct().Count() == shown.Length
                && (slate.GetProperty("shortfall").ValueKind == JsonValueKind.Null) == (shown.Length == limit);
        }, iter: 300, threads: 1);
    }

    private static string Products(JsonElement slate) => string.Join(' ', slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()));
}
