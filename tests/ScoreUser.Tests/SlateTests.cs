using System.Text.Json;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

public sealed class SlateTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, "popularity_cohort")]
    [InlineData(2, "content_only")]
    [InlineData(4, "content_plus_neighbours")]
    [InlineData(8, "full_hybrid")]
    public async Task Each_tier_answers_by_the_number_of_distinct_products(int touched, string strategy)
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, [.. Enumerable.Range(0, touched).Select(i => 2 * i)]);

        JsonElement slate = (await world.GetAsync("?user_id=cook")).Body;

        Assert.Equal(strategy, slate.GetProperty("strategy").GetString());
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, slate.GetProperty("shortfall").ValueKind);
    }

    [Fact]
    public async Task A_first_click_changes_the_next_slate()
    {
        using World world = await World.ServingAsync();
        string before = Products((await world.GetAsync("?user_id=new")).Body);

        await world.TouchAsync("new", EventType.Click, 1);

        JsonElement after = (await world.GetAsync("?user_id=new")).Body;
        Assert.NotEqual(before, Products(after));
        Assert.Contains(after.GetProperty("items").EnumerateArray(), item => item.GetProperty("reason").GetProperty("code").GetString() == "because_you_viewed");
    }

    [Fact]
    public async Task A_shopper_without_news_gets_the_precomputed_list()
    {
        using World world = await World.ServingAsync();
        UserId user = world.Pseudonymizer.UserOf("known");
        await world.Candidates.WriteAsync(
            "v1", [Some.CandidateList(user.Value, [.. Enumerable.Range(0, 30).Select(i => TwoTopicShop.Product(i).Value)])], Token);

        JsonElement slate = (await world.GetAsync("?user_id=known&limit=5")).Body;

        Assert.Equal("p000", slate.GetProperty("items")[0].GetProperty("product_id").GetString());
        Assert.NotEqual(JsonValueKind.Null, slate.GetProperty("freshness").GetProperty("candidates_age_s").ValueKind);
    }

    [Fact]
    public async Task The_answer_has_every_field_of_the_contract()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.Purchase, 0, 2, 4, 6, 8, 10);

        JsonElement slate = (await world.GetAsync("?user_id=cook&limit=3")).Body;

        Assert.Equal(
            ["slate_id", "user_id", "surface", "strategy", "experiments", "model_version", "freshness", "degradations", "shortfall", "items"],
            slate.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["product_id", "rank", "score", "slot", "propensity", "reason", "title", "brand", "category", "price", "currency", "image_url"],
            slate.GetProperty("items")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("cook", slate.GetProperty("user_id").GetString());
        Assert.Equal("because_you_bought", slate.GetProperty("items")[0].GetProperty("reason").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_change_of_stock_or_price_acts_at_once()
    {
        using World world = await World.ServingAsync();
        string first = (await world.GetAsync("?limit=1")).Body.GetProperty("items")[0].GetProperty("product_id").GetString()!;
        await world.Overlay.RecordAsync([new Availability(new ProductId(first), 0, InStock: false, null, null, Deleted: false)], Token);
        await world.State.RefreshAvailabilityAsync(Token);

        Assert.DoesNotContain(first, Products((await world.GetAsync("?limit=40")).Body));
    }

    [Fact]
    public async Task A_shortfall_says_what_removed_the_rest()
    {
        using World world = await World.ServingAsync();

        JsonElement slate = (await world.GetAsync("?limit=10&categories=Nowhere")).Body;

        Assert.Equal(0, slate.GetProperty("items").GetArrayLength());
        Assert.Equal(TwoTopicShop.ProductCount, slate.GetProperty("shortfall").GetProperty("reasons").GetProperty("category").GetInt32());
    }

    [Fact]
    public async Task If_enough_products_are_eligible_the_slate_is_full()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10);

        JsonElement slate = (await world.GetAsync("?user_id=cook&limit=20&categories=Garden")).Body;

        Assert.Equal(20, slate.GetProperty("items").GetArrayLength());
        Assert.All(slate.GetProperty("items").EnumerateArray(), item => Assert.Equal("Garden", item.GetProperty("category").GetString()));
        Assert.Equal(20, slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task A_slate_and_its_exposure_are_logged_and_nothing_without_consent()
    {
        using World world = await World.ServingAsync();
        await world.Experiments.TryWriteAsync(
            Some.Experiment() with { StartsAt = TwoTopicShop.AsOf.AddDays(-1), EndsAt = TwoTopicShop.AsOf.AddDays(9), State = ExperimentState.Running }, null, Token);
        await world.State.RefreshExperimentsAsync(Token);

        JsonElement slate = (await world.GetAsync("?user_id=a")).Body;
        await world.GetAsync("?user_id=a");
        await world.GetAsync("?user_id=b&consent=false");
        await world.GetAsync("");
        await world.Log.FlushAsync(Token);

        Assert.Equal(2, world.Slates.All.Count);
        Assert.Equal(slate.GetProperty("slate_id").GetString(), world.Slates.All[0].Id.Value);
        Exposure exposure = Assert.Single(world.Exposures.All);
        Assert.Equal(exposure.Variant, slate.GetProperty("experiments")[0].GetProperty("variant").GetString());
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_slates()
    {
        using World first = await World.ServingAsync();
        using World second = await World.ServingAsync();

        Assert.Equal((await first.GetAsync("?user_id=a")).Body.GetRawText(), (await second.GetAsync("?user_id=a")).Body.GetRawText());
    }

    [Fact]
    public async Task A_page_repeats_no_product()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.Purchase, 0, 2);

        (int status, JsonElement page) = await world.SendAsync(
            "POST", "/v1/pages", "", """{"user_id":"cook","slates":[{"surface":"home","limit":8},{"surface":"because_you_bought","limit":8},{"surface":"trending","limit":8}]}""");

        string[] products = [.. page.GetProperty("slates").EnumerateArray().SelectMany(slate => slate.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("product_id").GetString()!)];
        Assert.Equal(200, status);
        Assert.Equal(24, products.Length);
        Assert.Equal(24, products.Distinct().Count());
    }

    [Fact]
    public async Task A_callers_list_is_ranked_for_the_shopper()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("digger", EventType.View, 1, 3, 5, 7, 9, 11);

        (_, JsonElement slate) = await world.SendAsync("POST", "/v1/rerank", "", """{"user_id":"digger","product_ids":["p020","p013","p022","p015","unknown"]}""");

        Assert.Equal(["p013", "p015"], slate.GetProperty("items").EnumerateArray().Take(2).Select(item => item.GetProperty("product_id").GetString()).Order());
        Assert.Equal(4, slate.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("similar", "&product_id=p000", "similar_to")]
    [InlineData("bought_together", "&product_id=p000", "bought_together_with")]
    [InlineData("cart", "&cart=p000,p002", "because_you_viewed")]
    [InlineData("because_you_bought", "", "because_you_viewed")]
    [InlineData("new", "", "new_arrival")]
    [InlineData("recently_viewed", "", "recently_viewed")]
    public async Task Every_surface_answers_with_its_reason(string surface, string context, string reason)
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 4, 6, 8);

        (int status, JsonElement slate) = await world.GetAsync($"?user_id=cook&surface={surface}{context}&limit=2");

        Assert.Equal(200, status);
        Assert.Equal(reason, slate.GetProperty("items")[0].GetProperty("reason").GetProperty("code").GetString());
    }

    private static string Products(JsonElement slate) =>
        string.Join(' ', slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()));
}
