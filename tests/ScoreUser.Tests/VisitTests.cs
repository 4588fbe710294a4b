using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.ScoreUser.Tests;

/// <summary>The visit under way, and what was bought long before it.</summary>
public sealed class VisitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_visits_like_this_one_went_on_to_touch_moves_up()
    {
        using World forgetful = await World.ServingAsync();
        using World world = await World.ServingAsync(habits: true);
        int without = await RankAsync(forgetful);
        int with = await RankAsync(world);

        Assert.True(with < without, $"{with} is not before {without}");
    }

    [Fact]
    public async Task A_visit_that_is_over_has_no_say_any_more()
    {
        using World world = await World.ServingAsync(habits: true);
        await world.TouchAsync("cook", EventType.View, 0, 2, 6, 8, 10, 4);
        world.Clock.Advance(SessionFeatures.SessionIdle + TimeSpan.FromMinutes(5));

        JsonElement slate = (await world.SendAsync("GET", "/v1/recommendations", "?user_id=cook&explain=true", "", World.OperatorKey)).Body;

        Assert.DoesNotContain(slate.GetProperty("trace").GetProperty("candidates").EnumerateArray(), candidate => candidate.TryGetProperty("visit", out _));
    }

    [Fact]
    public async Task The_trace_tells_the_visits_part_and_what_is_filtered_is_not_brought_back()
    {
        using World world = await World.ServingAsync(habits: true);
        await world.TouchAsync("cook", EventType.View, 0, 2, 6, 8, 10, 4);

        JsonElement slate = (await world.SendAsync("GET", "/v1/recommendations", "?user_id=cook&explain=true", "", World.OperatorKey)).Body;
        JsonElement filtered = (await world.GetAsync("?user_id=cook&limit=100&exclude=p035")).Body;

        JsonElement voted = slate.GetProperty("trace").GetProperty("candidates").EnumerateArray().Single(candidate => candidate.GetProperty("product_id").GetString() == "p035");
        Assert.Equal(1, voted.GetProperty("visit").GetDouble());
        Assert.DoesNotContain(filtered.GetProperty("items").EnumerateArray(), item => item.GetProperty("product_id").GetString() == "p035");
    }

    [Fact]
    public async Task What_was_bought_before_the_latest_interactions_is_known_all_the_same()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.Purchase, 0);
        world.Clock.Advance(TimeSpan.FromHours(2));
        for (int round = 0; round < 2 * SessionFeatures.RecentCapacity; round += 10)
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            await world.TouchAsync("cook", EventType.View, [.. Enumerable.Range(1, 10).Select(i => 2 * i)], round);
        }

        ShopperProfile profile = (await world.Profiles.ReadAsync(world.Pseudonymizer.UserOf("cook"), Token))!.Value;
        Assert.DoesNotContain(profile.Recent, recent => recent.Type == EventType.Purchase);
        Assert.DoesNotContain((await world.GetAsync("?user_id=cook&limit=100")).Body.GetProperty("items").EnumerateArray(), item => item.GetProperty("product_id").GetString() == "p000");
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(11, true)]
    public async Task Without_a_setting_a_category_that_is_bought_again_follows_the_interval_that_orders_show(int daysLater, bool isShown)
    {
        using World world = await World.ServingAsync(habits: true);
        await world.TouchAsync("cook", EventType.Purchase, 0);
        await world.PutRulesAsync("""{"rules":[],"repeat_purchases":[{"category":"Kitchen"}]}""");
        world.Clock.Advance(TimeSpan.FromDays(daysLater));

        JsonElement slate = (await world.GetAsync("?user_id=cook&limit=100")).Body;

        Assert.Equal(isShown, slate.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("product_id").GetString() == "p000"));
    }

    /// <summary>At which rank a kitchen shopper whose visit ended at product 4 meets garden product 35 in a slate
    /// of the whole shop.</summary>
    private static async Task<int> RankAsync(World world)
    {
        await world.TouchAsync("cook", EventType.View, 0, 2, 6, 8, 10, 4);
        JsonElement slate = (await world.GetAsync("?user_id=cook&limit=40")).Body;
        return slate.GetProperty("items").EnumerateArray().Single(item => item.GetProperty("product_id").GetString() == "p035").GetProperty("rank").GetInt32();
    }
}
