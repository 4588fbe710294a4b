using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

public sealed class DegradationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_model_the_answer_is_an_empty_shelf_that_says_why()
    {
        using World world = new();

        (int status, JsonElement slate) = await world.GetAsync("?user_id=a");

        Assert.Equal(200, status);
        Assert.Contains("run retrain", slate.GetProperty("degradations")[0].GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(false, 35, "")]
    [InlineData(false, 37, "model/stale")] // it goes on with the degradation named
    [InlineData(true, 35, "")]
    [InlineData(true, 37, "model/stale")] // or falls back, where the option says so
    public async Task A_stale_model_is_named_and_gives_way_to_popularity_where_the_option_says_so(bool fallsBack, int hours, string degradation)
    {
        using World world = await World.ServingAsync(options => options with { FallsBackWhenStale = fallsBack });
        await world.TouchAsync("cook", EventType.View, 1, 3, 5, 7, 9, 11, 13);
        world.Clock.Advance(World.Model.NewestEventAt.AddHours(hours) - world.Clock.GetUtcNow());

        JsonElement slate = (await world.GetAsync("?user_id=cook")).Body;

        bool isPopular = fallsBack && hours > 36;
        Assert.Equal(isPopular, slate.GetProperty("strategy").GetString() == "popularity_cohort");
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
        Assert.Equal(degradation, string.Join(' ', slate.GetProperty("degradations").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("stage").GetString()}/{entry.GetProperty("reason").GetString()}")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_a_model_that_can_be_read_the_popular_products_are_shown(bool isBundleMissing)
    {
        using World world = new();
        await world.Catalogue.UpsertAsync(TwoTopicShop.Products(), Token);
        world.Warehouse.Answer(PortableQueries.PopularProducts, _ => [new PopularProduct(TwoTopicShop.Product(7), 9), new PopularProduct(TwoTopicShop.Product(4), 2)]);
        if (isBundleMissing)
        {
            await world.Candidates.PublishAsync(Some.Manifest("never-saved"), Token);
        }

        await world.State.RefreshAsync(Token);
        JsonElement slate = (await world.GetAsync("?user_id=a&limit=4&exclude=p004")).Body;

        Assert.Equal("popularity", slate.GetProperty("strategy").GetString());
        Assert.Equal(["p007", "p038", "p039", "p000"], slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString())); // then the newest
        Assert.Equal("popular", slate.GetProperty("items")[0].GetProperty("reason").GetProperty("code").GetString());
        Assert.Equal(4, (await world.GetAsync("?user_id=a&limit=4&surface=trending")).Body.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_store_that_fails_or_hangs_leaves_a_full_slate_that_names_it()
    {
        using World world = await World.ServingAsync();
        world.Profiles.BeforeRead = _ => Task.FromException(new IOException("down"));
        world.Candidates.BeforeRead = token => Task.Delay(Timeout.Infinite, token);

        Task<(int Status, JsonElement Body)> asked = world.GetAsync("?user_id=a"); // runs to the read that hangs, whose deadline has begun then
        world.Clock.Advance(world.Options.ReadDeadline + TimeSpan.FromMilliseconds(1));

        JsonElement slate = (await asked.WaitAsync(TimeSpan.FromSeconds(30), Token)).Body;
        Assert.Equal(["candidates/late", "profile/store failed"], slate.GetProperty("degradations").EnumerateArray()
            .Select(entry => $"{entry.GetProperty("stage").GetString()}/{entry.GetProperty("reason").GetString()}").Order());
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData(35.98, 0)]
    [InlineData(36.02, 1)]
    public async Task A_model_older_than_36_hours_serves_on_and_is_named(double hours, int degradations)
    {
        using World world = await World.ServingAsync();
        world.Clock.SetUtcNow(World.Model.NewestEventAt.AddHours(hours));

        JsonElement slate = (await world.GetAsync("?user_id=a")).Body;

        Assert.Equal(degradations, slate.GetProperty("degradations").GetArrayLength());
        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_new_version_is_taken_over_and_a_missing_one_is_not()
    {
        using World world = await World.ServingAsync();
        await world.PublishAsync("v2");
        await world.State.RefreshModelAsync(Token);
        await world.Candidates.PublishAsync(Some.Manifest("never-saved"), Token);
        await world.State.RefreshModelAsync(Token);

        Assert.Equal("v2", (await world.GetAsync("?user_id=a")).Body.GetProperty("model_version").GetString());
    }

    [Fact]
    public async Task A_profile_without_consent_gets_what_strangers_get_and_nothing_is_written()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 0, 2, 4, 6, 8, 10);
        await RefuseConsentAsync(world, "a");

        JsonElement slate = (await world.GetAsync("?user_id=a")).Body;
        await world.Log.FlushAsync(Token);

        Assert.Equal("popularity_cohort", slate.GetProperty("strategy").GetString());
        Assert.Empty(world.Slates.All);
    }

    [Theory]
    [InlineData("?limit=0", "limit")]
    [InlineData("?limit=-1", "limit")]
    [InlineData("?limit=1000000000", "limit")]
    [InlineData("?limit=ten", "limit")]
    [InlineData("?surface=attic", "surface")]
    [InlineData("?surface=similar", "product_id")]
    [InlineData("?surface=cart", "cart")]
    [InlineData("?min_price=NaN", "min_price")]
    [InlineData("?user_id=%00", "user_id")]
    [InlineData("?consent=maybe", "consent")]
    public async Task A_request_with_a_fault_names_the_field(string query, string field)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.GetAsync(query);

        Assert.Equal(400, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task An_unknown_product_is_a_clear_404_and_an_unknown_user_a_cold_start()
    {
        using World world = await World.ServingAsync();

        Assert.Equal(404, (await world.GetAsync("?surface=similar&product_id=unknown")).Status);
        Assert.Equal(200, (await world.GetAsync("?user_id='; DROP TABLE users; --")).Status);
    }

    [Fact]
    public async Task Without_consent_a_list_is_ranked_for_a_stranger_and_nothing_is_written()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 1, 3, 5, 7, 9, 11);
        await RefuseConsentAsync(world, "a");

        (_, JsonElement slate) = await world.SendAsync("POST", "/v1/rerank", "", """{"user_id":"a","product_ids":["p020","p013"]}""");
        await world.Log.FlushAsync(Token);

        Assert.Equal(JsonValueKind.Null, slate.GetProperty("freshness").GetProperty("features_age_s").ValueKind);
        Assert.Empty(world.Slates.All);
    }

    [Fact]
    public async Task Where_consent_cannot_be_read_a_shopper_gets_what_strangers_get_and_nothing_is_written()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 0, 2, 4, 6, 8, 10);
        world.Profiles.BeforeRead = _ => Task.FromException(new IOException("down"));

        JsonElement slate = (await world.GetAsync("?user_id=a")).Body;
        await world.Log.FlushAsync(Token);

        Assert.Equal("popularity_cohort", slate.GetProperty("strategy").GetString());
        Assert.Equal("profile", Assert.Single(slate.GetProperty("degradations").EnumerateArray()).GetProperty("stage").GetString());
        Assert.Empty(world.Slates.All);
    }

    [Fact]
    public async Task A_short_shelf_of_ones_own_says_what_it_could_offer()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("a", EventType.View, 0, 2, 4);

        JsonElement shortfall = (await world.GetAsync("?user_id=a&surface=recently_viewed")).Body.GetProperty("shortfall");

        Assert.Equal((10, 3, 7), (
            shortfall.GetProperty("requested").GetInt32(), shortfall.GetProperty("eligible").GetInt32(), shortfall.GetProperty("reasons").GetProperty("not_offered").GetInt32()));
    }

    private static async Task RefuseConsentAsync(World world, string rawUser)
    {
        Ports.Versioned<ShopperProfile> known = (await world.Profiles.ReadAsync(world.Pseudonymizer.UserOf(rawUser), Token))!;
        await world.Profiles.WriteAsync([new Ports.ProfileWrite(known.Value with { Consent = false }, known.Tag)], Token);
    }
}
