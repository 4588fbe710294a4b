using System.Text.Json;
using Aisle.Events;
using Aisle.Testing;
using CsCheck;

namespace Aisle.ScoreUser.Tests;

public sealed class RuleTests
{
    private static readonly string[] Surfaces = ["home", "because_you_bought", "similar", "bought_together", "cart", "trending", "new", "recently_viewed"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_put_over_http_acts_on_the_next_slate()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement answer) = await world.PutRulesAsync("""{"rules":[{"id":"hero","action":"pin","match":{"products":["p007"]},"position":2}]}""");

        Assert.Equal(200, status);
        Assert.Empty(answer.GetProperty("findings").EnumerateArray());
        JsonElement second = (await world.GetAsync("?user_id=cook")).Body.GetProperty("items")[1];
        Assert.Equal("p007", second.GetProperty("product_id").GetString());
        Assert.Equal("pinned", second.GetProperty("slot").GetString());
        Assert.Equal("featured", second.GetProperty("reason").GetProperty("code").GetString());
        Assert.Equal(1, second.GetProperty("propensity").GetDouble());
    }

    [Fact]
    public async Task Only_operators_see_and_change_rules()
    {
        using World world = await World.ServingAsync();

        Assert.Equal(401, (await world.SendAsync("GET", "/v1/rules", "", "")).Status);
        Assert.Equal(401, (await world.SendAsync("PUT", "/v1/rules", "", """{"rules":[]}""")).Status);
        Assert.Equal(200, (await world.SendAsync("GET", "/v1/rules", "", "", World.OperatorKey)).Status);
    }

    [Theory]
    [InlineData("""{"rules":[{"id":"a","action":"boost","match":{},"factor":-3}]}""", "rules[0] (a)")]
    [InlineData("""{"rules":[{"id":"a","action":"pin","match":{}}]}""", "rules[0] (a)")]
    [InlineData("""{"rules":[{"action":"block","match":{}}]}""", "rules[0].id")]
    [InlineData("""{"rules":[null]}""", "rules[0]")]
    [InlineData("""{"rules":[{"id":"a","action":"explode","match":{}}]}""", "rules[0].action")]
    [InlineData("""{"rules":[{"id":"a","action":"block","match":{},"colour":"red"}]}""", "rules[0].colour")]
    [InlineData("""{"rules":[],"bursts":[{"from":"2026-11-27T00:00:00Z","until":"2026-11-26T00:00:00Z","lambda":0.3}]}""", "bursts[0].until")]
    [InlineData("""{"rules":[],"repeat_purchases":[{"category":"Coffee","after_days":-1}]}""", "repeat_purchases[0].after_days")]
    [InlineData("""{"rules":[{"id":"a","action":"block","match":{}}]}""", "rules (a)")]
    [InlineData("[]", "$")]
    public async Task Rules_that_mean_nothing_are_refused_by_field_and_those_before_hold_on(string json, string field)
    {
        using World world = await World.ServingAsync();
        await world.PutRulesAsync("""{"rules":[{"id":"hero","action":"pin","match":{"products":["p007"]},"position":1}]}""");

        (int status, JsonElement problem) = await world.PutRulesAsync(json);

        Assert.Equal(400, status);
        JsonElement first = problem.GetProperty("problems")[0];
        Assert.Equal(field, first.GetProperty("field").GetString());
        Assert.NotEqual("", first.GetProperty("remedy").GetString());
        Assert.Equal("p007", (await world.GetAsync("?limit=1")).Body.GetProperty("items")[0].GetProperty("product_id").GetString());
    }

    [Fact]
    public async Task All_that_is_wrong_with_rules_is_told_at_once_with_its_place_and_remedy()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.PutRulesAsync("""
            {"rules":[
               {"id":"a","action":"explode","match":{"products":["p001",7],"colour":"red","min_price_minor":"cheap"},"factor":"much"},
               {"id":"b","action":"boost","match":{},"factor":-3},
               {"action":"pin","match":{}},
               null, 5,
               {"id":"c","action":"block","match":{"tags":"x"},"from":"tomorrow","priority":null,"audience":{"age":3},"surfaces":[null]}],
             "bursts":[{"from":"2026-11-27T00:00:00Z","until":"2026-11-28T00:00:00Z","lambda":3}, {"lambda":[]}],
             "repeat_purchases":{"category":"Coffee"},
             "rulez":[]}
            """);

        Assert.Equal(400, status);
        JsonElement[] problems = [.. problem.GetProperty("problems").EnumerateArray()];
        Assert.Equal(
            [
                "rulez", "rules[0].action", "rules[0].match.products[1]", "rules[0].match.colour", "rules[0].match.min_price_minor", "rules[0].factor", "rules[2].id", "rules[3]", "rules[4]",
                "rules[5].match.tags", "rules[5].from", "rules[5].priority", "rules[5].audience.age", "rules[5].surfaces[0]", "bursts[0].lambda", "bursts[1].lambda", "repeat_purchases", "rules[1] (b)",
            ],
            problems.Select(entry => entry.GetProperty("field").GetString()));
        Assert.All(problems, entry => Assert.NotEqual("", entry.GetProperty("remedy").GetString()));
        Assert.DoesNotContain("System.", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_thousands_of_problems_the_first_are_told_and_how_many_there_are()
    {
        using World world = await World.ServingAsync();

        (_, JsonElement problem) = await world.PutRulesAsync($$"""{"rules":[{{string.Join(',', Enumerable.Repeat("1", 10_000))}}]}""");

        Assert.Equal(101, problem.GetProperty("problems").GetArrayLength());
        Assert.Contains("9900", problem.GetProperty("problems")[100].GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("{\"rules\":[{\"id\":\"\\ud800\"}]}")]
    [InlineData("{\"rules\":[{\"\\ud800\":1}]}")]
    [InlineData("null")]
    public async Task Half_characters_in_a_file_broken_by_hand_are_a_problem_and_no_fault(string document)
    {
        using World world = await World.ServingAsync();
        await world.Rules.TryWriteAsync(document, null, Token);

        (int status, JsonElement sheet) = await world.SendAsync("GET", "/v1/rules", "", "", World.OperatorKey);

        Assert.Equal(200, status);
        Assert.NotEmpty(sheet.GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public async Task A_file_broken_by_hand_leaves_the_rules_before_it_and_says_so()
    {
        using World world = await World.ServingAsync();
        await world.PutRulesAsync("""{"rules":[{"id":"hero","action":"pin","match":{"products":["p007"]},"position":1}]}""");

        await world.Rules.TryWriteAsync("{ \"rules\": [", (await world.Rules.ReadAsync(Token))!.Tag, Token);
        await world.State.RefreshRulesAsync(Token);

        Assert.Equal("p007", (await world.GetAsync("?limit=1")).Body.GetProperty("items")[0].GetProperty("product_id").GetString());
        JsonElement sheet = (await world.SendAsync("GET", "/v1/rules", "", "", World.OperatorKey)).Body;
        Assert.False(sheet.GetProperty("usable").GetBoolean());
        Assert.Contains("line 1", sheet.GetProperty("problems")[0].GetString());
    }

    [Fact]
    public async Task A_warning_is_answered_and_a_trial_changes_nothing()
    {
        using World world = await World.ServingAsync();
        const string clash = """
            {"rules":[{"id":"a","action":"pin","match":{"products":["p007"]},"position":1},{"id":"b","action":"pin","match":{"products":["p009"]},"position":1}]}
            """;

        JsonElement trial = (await world.PutRulesAsync(clash, "?dry_run=true")).Body;

        Assert.Equal("pin_clash", trial.GetProperty("findings")[0].GetProperty("problem").GetString());
        Assert.Equal("warning", trial.GetProperty("findings")[0].GetProperty("severity").GetString());
        Assert.Null(await world.Rules.ReadAsync(Token));
        Assert.Equal(200, (await world.PutRulesAsync(clash)).Status);
    }

    [Theory]
    [InlineData("?dryrun=true", "dryrun")]
    [InlineData("?dry_run=yes", "dry_run")]
    public async Task A_trial_that_is_not_understood_changes_nothing(string query, string field)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.PutRulesAsync("""{"rules":[{"id":"a","action":"bury","match":{"products":["p007"]}}]}""", query);

        Assert.Equal((400, field), (status, problem.GetProperty("problems")[0].GetProperty("field").GetString()));
        Assert.Null(await world.Rules.ReadAsync(Token));
    }

    [Fact]
    public async Task A_blocked_product_never_shows_whatever_else_is_wanted()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.Purchase, 0, 2, 4);
        await world.TouchAsync("cook", EventType.View, 6, 8, 10, 12);
        await Gen.Select(Gen.Int[0, 39], Gen.Int[0, Surfaces.Length - 1], Gen.Int[1, 100]).SampleAsync(async (blocked, surface, limit) =>
        {
            string id = TwoTopicShop.Product(blocked).Value;
            await world.PutRulesAsync($$"""
                {"rules":[{"id":"no","action":"block","match":{"products":["{{id}}"]} },{"id":"yes","action":"pin","match":{"products":["{{id}}"]},"position":1},
                {"id":"up","action":"boost","match":{"products":["{{id}}"]},"factor":100}]}
                """);
            JsonElement slate = (await world.GetAsync($"?user_id=cook&surface={Surfaces[surface]}&limit={limit}&product_id=p006&cart=p008")).Body;
            return slate.GetProperty("items").EnumerateArray().All(item => item.GetProperty("product_id").GetString() != id);
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_pin_holds_wherever_its_product_may_be_shown()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4);
        await Gen.Select(Gen.Int[0, 39], Gen.Int[1, 12], Gen.Bool).SampleAsync(async (pinned, position, isExcluded) =>
        {
            string id = TwoTopicShop.Product(pinned).Value;
            await world.PutRulesAsync($$"""{"rules":[{"id":"hero","action":"pin","position":{{position}},"match":{"products":["{{id}}"]} }]}""");
            JsonElement slate = (await world.GetAsync($"?user_id=cook&limit=12{(isExcluded ? $"&exclude={id}" : "")}")).Body;
            int found = slate.GetProperty("items").EnumerateArray().ToList().FindIndex(item => item.GetProperty("product_id").GetString() == id);
            return isExcluded ? found < 0 : found == position - 1;
        }, iter: 60, threads: 1);
    }

    [Fact]
    public async Task A_bury_lets_others_go_before_and_a_boost_brings_up()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10, 12);
        string first = (await world.GetAsync("?user_id=cook&limit=1")).Body.GetProperty("items")[0].GetProperty("product_id").GetString()!;

        await world.PutRulesAsync($$"""{"rules":[{"id":"down","action":"bury","match":{"products":["{{first}}"]},"factor":0.01}]}""");

        JsonElement slate = (await world.SendAsync("GET", "/v1/recommendations", "?user_id=cook&limit=1&explain=true", "", World.OperatorKey)).Body;
        Assert.NotEqual(first, slate.GetProperty("items")[0].GetProperty("product_id").GetString());
        Assert.Equal("down", slate.GetProperty("trace").GetProperty("rules")[0].GetString());
    }

    [Fact]
    public async Task A_burst_of_the_calendar_shows_more_variety_and_ends_by_itself()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10, 12);
        DateTimeOffset now = world.Clock.GetUtcNow();
        await world.PutRulesAsync($$"""{"rules":[],"bursts":[{"from":"{{now.AddHours(1):O}}","until":"{{now.AddHours(25):O}}","lambda":0.2,"epsilon":0.3}]}""");

        Assert.Equal((0.7, 0.1), await OptionsAsync());
        world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal((0.2, 0.3), await OptionsAsync());
        world.Clock.Advance(TimeSpan.FromHours(24));
        Assert.Equal((0.7, 0.1), await OptionsAsync());

        async Task<(double Lambda, double Epsilon)> OptionsAsync()
        {
            JsonElement slate = (await world.SendAsync("GET", "/v1/recommendations", "?user_id=cook&explain=true", "", World.OperatorKey)).Body;
            JsonElement composition = slate.GetProperty("trace").GetProperty("composition");
            return (composition.GetProperty("mmr_lambda").GetDouble(), composition.GetProperty("epsilon").GetDouble());
        }
    }

    [Fact]
    public async Task A_pin_adds_nothing_to_a_list_that_the_caller_brings()
    {
        using World world = await World.ServingAsync();
        await world.PutRulesAsync("""{"rules":[{"id":"hero","action":"pin","match":{"products":["p031"]},"position":1},{"id":"own","action":"pin","match":{"products":["p013"]},"position":2}]}""");

        JsonElement slate = (await world.SendAsync("POST", "/v1/rerank", "", """{"user_id":"a","product_ids":["p020","p013","p022"]}""")).Body;

        string[] products = [.. slate.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()!)];
        Assert.Equal(["p013", "p020", "p022"], products.Order());
        Assert.Equal("p013", products[1]);
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("30", false)]
    public async Task A_product_of_a_kind_that_is_bought_again_comes_back_when_it_is_due(string afterDays, bool comesBack)
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.Purchase, 0);
        await world.PutRulesAsync($$"""{"rules":[],"repeat_purchases":[{"after_days":{{afterDays}},"category":"Kitchen"}]}""");

        JsonElement slate = (await world.GetAsync("?user_id=cook&limit=100")).Body;

        Assert.Equal(comesBack, slate.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("product_id").GetString() == "p000"));
    }

    [Theory]
    [InlineData("home", "")]
    [InlineData("similar", "&product_id=p006")]
    [InlineData("cart", "&cart=p000,p002")]
    public async Task A_trace_reconciles_and_changes_nothing(string surface, string context)
    {
        using World plain = await World.ServingAsync();
        using World traced = await World.ServingAsync();
        foreach (World world in new[] { plain, traced })
        {
            await world.TouchAsync("cook", EventType.Purchase, 0, 2);
            await world.TouchAsync("cook", EventType.View, 4, 6, 8, 10);
            await world.PutRulesAsync("""{"rules":[{"id":"up","action":"boost","match":{"tags":["outdoor"]},"factor":2},{"id":"no","action":"block","match":{"products":["p012"]}}]}""");
        }

        string query = $"?user_id=cook&surface={surface}{context}";
        JsonElement without = (await plain.SendAsync("GET", "/v1/recommendations", query, "", World.OperatorKey)).Body;
        JsonElement with = (await traced.SendAsync("GET", "/v1/recommendations", query + "&explain=true", "", World.OperatorKey)).Body;

        Assert.Equal(without.GetRawText()[..^1], with.GetRawText()[..(without.GetRawText().Length - 1)]);
        JsonElement trace = with.GetProperty("trace");
        int removed = trace.GetProperty("removed").EnumerateObject().Sum(entry => entry.Value.GetInt32());
        Assert.Equal(trace.GetProperty("found").GetInt32(), removed + trace.GetProperty("kept").GetInt32());
        Assert.Equal(trace.GetProperty("found").GetInt32(), trace.GetProperty("candidates").GetArrayLength());
        Assert.Equal(["pins", "policy", "back_fill", "exploration"], trace.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()));
        Assert.Equal(
            with.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("product_id").GetString()),
            trace.GetProperty("steps").EnumerateArray().Last().GetProperty("product_ids").EnumerateArray().Select(id => id.GetString()));
        Assert.Equal(with.GetProperty("strategy").GetString(), trace.GetProperty("route").GetProperty("strategy").GetString());
        Assert.Equal(removed, trace.GetProperty("candidates").EnumerateArray().Count(candidate => candidate.GetProperty("removed_by").ValueKind == JsonValueKind.String));
    }

    [Fact]
    public async Task A_trace_needs_an_operators_key()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.GetAsync("?explain=true");

        Assert.Equal(403, status);
        Assert.Equal("explain", problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }
}
