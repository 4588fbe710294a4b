using System.Text.Json;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Reranking;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>A slate is made again from its log.</summary>
public sealed class ReplayTests
{
    private static readonly string[] Requests =
    [
        "", "&limit=25", "&surface=similar&product_id=p006", "&surface=cart&cart=p008,p010", "&surface=trending", "&surface=new", "&surface=recently_viewed", "&surface=because_you_bought",
        "&categories=Kitchen&exclude_tags=outdoor&exclude=p012&min_price=7.5&max_price=30", "&product_id=p010&min_price_ratio=0.5&max_price_ratio=1.5",
        "&max_per_category=6&min_per_category=Garden:3", "&show_purchased=true&in_stock_only=false&age_bracket=25-34&location=DE&device_type=mobile",
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mmr")]
    [InlineData("dpp")]
    [InlineData("slots")]
    public async Task Whatever_happened_since_the_same_slate_comes_out(string policy)
    {
        using World world = await World.ServingAsync(habits: true);
        await ExploreAsync(world, policy);
        await world.PutRulesAsync("""{"rules":[{"id":"up","action":"boost","match":{"tags":["outdoor"]},"factor":1.5}],"repeat_purchases":[{"category":"Kitchen"}]}""");
        await world.TouchAsync("cook", EventType.Purchase, 0, 2);
        await world.TouchAsync("cook", EventType.View, 4, 6, 8, 10, 12);
        foreach (string request in Requests)
        {
            world.Clock.Advance(TimeSpan.FromSeconds(7));
            Assert.Equal(200, (await world.GetAsync("?user_id=cook" + request)).Status);
        }

        await world.SendAsync("POST", "/v1/rerank", "", """{"user_id":"cook","product_ids":["p020","p013","p022","p015"]}""");
        await world.Log.FlushAsync(Token);
        world.Clock.Advance(TimeSpan.FromHours(30));
        await world.TouchAsync("cook", EventType.Purchase, [1, 3, 5], round: 1);

        Assert.Equal(Requests.Length + 1, world.Slates.All.Count);
        foreach (Slate slate in world.Slates.All)
        {
            (int status, JsonElement replay) = await ReplayAsync(world, slate.Id.Value);

            Assert.Equal(200, status);
            Assert.True(replay.GetProperty("exact").GetBoolean(), $"{slate.Surface}: {replay.GetRawText()}");
            Assert.Empty(replay.GetProperty("changed").EnumerateArray());
            Assert.Equal(slate.Items.Select(item => item.Product.Value), replay.GetProperty("slate").GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()));
            Assert.NotEmpty(replay.GetProperty("slate").GetProperty("trace").GetProperty("candidates").EnumerateArray());
        }
    }

    [Fact]
    public async Task What_changed_is_named()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4);
        string id = (await world.GetAsync("?user_id=cook")).Body.GetProperty("slate_id").GetString()!;
        await world.Log.FlushAsync(Token);

        await world.PutRulesAsync("""{"rules":[{"id":"hero","action":"pin","match":{"products":["p031"]},"position":1}]}""");

        JsonElement replay = (await ReplayAsync(world, id)).Body;
        Assert.False(replay.GetProperty("exact").GetBoolean());
        Assert.Equal("rules", Assert.Single(replay.GetProperty("changed").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task The_record_names_nobody_and_a_replay_logs_nothing()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("shopper-7", EventType.View, 0, 2, 4);
        string id = (await world.GetAsync("?user_id=shopper-7")).Body.GetProperty("slate_id").GetString()!;
        await world.Log.FlushAsync(Token);

        await ReplayAsync(world, id);
        await world.Log.FlushAsync(Token);

        string inputs = Assert.Single(world.Slates.All).Inputs!;
        Assert.DoesNotContain("shopper-7", inputs, StringComparison.Ordinal);
        Assert.DoesNotContain(world.Pseudonymizer.UserOf("shopper-7").Value, inputs, StringComparison.Ordinal);
        Assert.InRange(inputs.Length, 100, 3_000);
    }

    [Theory]
    [InlineData("""{"request":{},"seed":"1","profile":{"recent":null,"newest":1,"expires":1}}""")]
    [InlineData("""{"request":{},"seed":"1","profile":{"recent":null,"distinct":[0],"newest":1,"expires":1}}""")]
    [InlineData("""{"request":{},"seed":"1","profile":{"recent":["p001",5,0],"newest":1,"expires":1}}""")]
    [InlineData("""{"request":{},"seed":"1","profile":{"recent":["p001",5,0,0],"distinct":[1],"newest":1,"expires":1}}""")]
    [InlineData("""{"request":{},"seed":"1","profile":{"recent":[{"p":"p001","at":5}],"newest":1,"expires":1}}""")]
    [InlineData("""{"request":{},"seed":"1","profile":{"recent":[],"purchased":["p001"],"newest":1,"expires":1}}""")]
    public async Task A_record_of_another_form_is_refused_and_nothing_breaks(string inputs)
    {
        using World world = await World.ServingAsync();
        await world.Slates.AppendAsync([Some.Slate("odd", "p001") with { Inputs = inputs }], Token);

        (int status, JsonElement problem) = await ReplayAsync(world, "odd");

        Assert.Equal(409, status);
        Assert.Contains("another version", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_slate_and_one_without_a_record_are_told_apart()
    {
        using World world = await World.ServingAsync();
        await world.Slates.AppendAsync([Some.Slate("bare", "p001")], Token);

        Assert.Equal(404, (await ReplayAsync(world, "nothing")).Status);
        Assert.Equal(404, (await ReplayAsync(world, "%27%20OR%201=1")).Status);
        Assert.Equal(409, (await ReplayAsync(world, "bare")).Status);
        Assert.Equal(401, (await world.SendAsync("GET", "/v1/slates/bare/replay", "", "")).Status);
    }

    [Theory]
    [InlineData("\"now\":", "\"now\":1", "now")]
    [InlineData("\"request\":{\"surface\":\"home\"", "\"request\":{\"surface\":\"cellar\"", "request.surface")]
    [InlineData("\"limit\":10", "\"limit\":1000000000", "request.limit")]
    [InlineData("\"recent\":[\"p000\"", "\"recent\":[\"\"", "profile.recent")]
    [InlineData("\"recent\":[", "\"recent\":[\"p001\",1,77,0,", "profile.recent")]
    [InlineData("\"newest\":", "\"newest\":99", "profile")]
    [InlineData("\"purchases\":0", "\"purchases\":-1", "profile")]
    public async Task A_forged_record_is_named_and_not_followed(string genuine, string forged, string field)
    {
        using World world = await World.ServingAsync();
        string id = await ServeAsync(world);
        Forge(world, row => row with { Inputs = row.Inputs!.Replace(genuine, forged, StringComparison.Ordinal) });

        (int status, JsonElement problem) = await ReplayAsync(world, id);

        Assert.Equal(409, status);
        Assert.Contains($"({field}", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_with_a_text_that_is_none_is_not_followed()
    {
        using World world = await World.ServingAsync();
        string id = await ServeAsync(world);
        Forge(world, row => row with { Inputs = row.Inputs!.Replace("\"surface\":\"home\"", "\"surface\":\"\\ud800\"", StringComparison.Ordinal) });

        Assert.Equal(409, (await ReplayAsync(world, id)).Status);
    }

    [Fact]
    public async Task A_log_of_endless_positions_or_of_an_endless_record_is_not_read_to_its_end()
    {
        using World world = await World.ServingAsync();
        string id = await ServeAsync(world);
        int read = 0;
        Forge(world, row => row, () => Interlocked.Increment(ref read) < 1_000_000);

        (int status, JsonElement problem) = await ReplayAsync(world, id);

        Assert.Equal(409, status);
        Assert.Contains("positions", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.InRange(read, 1, 2_000);
        Forge(world, row => row with { Inputs = row.Inputs!.Replace("\"recent\":[", "\"recent\":[" + string.Concat(Enumerable.Repeat("\"p001\",1,1,0,", 200)), StringComparison.Ordinal) });
        Assert.Contains("profile.recent", (await ReplayAsync(world, id)).Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Forge(world, row => row with { Inputs = row.Inputs + new string(' ', 2 * 1024 * 1024) });
        Assert.Equal(409, (await ReplayAsync(world, id)).Status);
    }

    private static async Task<string> ServeAsync(World world)
    {
        await world.TouchAsync("cook", EventType.View, 0, 2, 4);
        string id = (await world.GetAsync("?user_id=cook")).Body.GetProperty("slate_id").GetString()!;
        await world.Log.FlushAsync(Token);
        return id;
    }

    private static void Forge(World world, Func<LoggedSlateRow, LoggedSlateRow> change, Func<bool>? goesOn = null)
    {
        LoggedSlateRow[] rows = [.. World.RowsOf(Assert.Single(world.Slates.All)).Select(change)];
        world.Warehouse.Answer(PortableQueries.LoggedSlate, _ => goesOn is null ? rows : Endless(rows[0], goesOn));
    }

    private static IEnumerable<LoggedSlateRow> Endless(LoggedSlateRow row, Func<bool> goesOn)
    {
        while (goesOn())
        {
            yield return row;
        }
    }

    private static Task<(int Status, JsonElement Body)> ReplayAsync(World world, string id) => world.SendAsync("GET", $"/v1/slates/{id}/replay", "", "", World.OperatorKey);

    private static async Task ExploreAsync(World world, string policy)
    {
        await world.Experiments.TryWriteAsync(
            Some.Experiment("policy") with
            {
                StartsAt = TwoTopicShop.AsOf.AddDays(-1),
                EndsAt = TwoTopicShop.AsOf.AddDays(9),
                Variants = [new Variant("all", 0, 10000, new Dictionary<string, string> { ["policy"] = policy, ["epsilon"] = "0.4", ["similar.epsilon"] = "0.4" })],
            }, null, Token);
        await world.State.RefreshExperimentsAsync(Token);
    }
}
