using System.Text.Json;
using Aisle.Events;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>What is wrong with a request is told all together, and what a slate could not keep is told too.</summary>
public sealed class RequestProblemTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/recommendations", """{"user_id":"cook","limti":5}""", "limti")]
    [InlineData("/v1/recommendations", """{"product_ids":["p001"]}""", "product_ids")]
    [InlineData("/v1/pages", """{"pages":1,"slates":[{"surface":"home"}]}""", "pages")]
    [InlineData("/v1/pages", """{"slates":[{"surface":"home"},{"surfaces":"new"}]}""", "slates[1].surfaces")]
    [InlineData("/v1/rerank", """{"product_ids":["p001"],"products":["p002"]}""", "products")]
    public async Task An_unknown_field_of_a_body_is_named_with_those_that_there_are(string path, string body, string field)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.SendAsync("POST", path, "", body);

        Assert.Equal(400, status);
        JsonElement only = Assert.Single(problem.GetProperty("problems").EnumerateArray());
        Assert.Equal(field, only.GetProperty("field").GetString());
        Assert.Contains("limit", only.GetProperty("remedy").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/recommendations", """{"user_id":5}""", "user_id")]
    [InlineData("/v1/recommendations", """{"user_id":["cook"]}""", "user_id")]
    [InlineData("/v1/recommendations", """{"surface":true,"location":{"country":"DE"}}""", "location", "surface")]
    [InlineData("/v1/recommendations", """{"exclude":["p001",7,null,"p002",{}]}""", "exclude[1]", "exclude[2]", "exclude[4]")]
    [InlineData("/v1/recommendations", """{"cart":"p001","categories":{"a":1},"brands":7}""", "brands", "cart", "categories")]
    [InlineData("/v1/recommendations", """{"limit":[5],"consent":{},"min_price":[]}""", "consent", "limit", "min_price")]
    [InlineData("/v1/recommendations", """{"min_per_category":[["Kitchen:2"]]}""", "min_per_category[0]")]
    [InlineData("/v1/pages", """{"assignment_id":1.5,"slates":[{"surface":"home"},{"tags":[false],"device_type":0}]}""", "assignment_id", "slates[1].device_type", "slates[1].tags[0]")]
    [InlineData("/v1/rerank", """{"user_id":false,"product_ids":["p001",2]}""", "product_ids[1]", "user_id")]
    [InlineData("/v1/rerank", """{"product_ids":"p001"}""", "product_ids")]
    public async Task A_value_of_another_kind_is_refused_and_never_cast(string path, string body, params string[] fields)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.SendAsync("POST", path, "", body);

        Assert.Equal(400, status);
        Assert.Equal(fields, FieldsOf(problem));
        Assert.All(problem.GetProperty("problems").EnumerateArray(), entry =>
        {
            Assert.Contains(" is wanted", entry.GetProperty("problem").GetString(), StringComparison.Ordinal);
            Assert.StartsWith("Send ", entry.GetProperty("remedy").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_field_that_is_given_twice_is_refused()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.SendAsync("POST", "/v1/recommendations", "", """{"user_id":"cook","limit":3,"user_id":"gardener"}""");

        Assert.Equal(400, status);
        Assert.Equal(["user_id"], FieldsOf(problem));
    }

    [Fact]
    public async Task Thousands_of_wrong_entries_are_named_in_part()
    {
        using World world = await World.ServingAsync();

        (_, JsonElement problem) = await world.SendAsync("POST", "/v1/recommendations", "", $$"""{"exclude":[{{string.Join(',', Enumerable.Range(0, 5_000))}}]}""");

        Assert.InRange(problem.GetProperty("problems").GetArrayLength(), 1, 20);
    }

    [Fact]
    public async Task Marks_of_a_campaign_in_an_address_are_let_pass()
    {
        using World world = await World.ServingAsync();

        Assert.Equal(200, (await world.GetAsync("?user_id=cook&utm_source=mail&gclid=1")).Status);
    }

    [Fact]
    public async Task Thousands_of_unknown_fields_are_named_in_part()
    {
        using World world = await World.ServingAsync();
        string body = "{" + string.Join(',', Enumerable.Range(0, 5_000).Select(i => $"\"{new string('x', 30)}{i}\":1")) + "}";

        (int status, JsonElement problem) = await world.SendAsync("POST", "/v1/recommendations", "", body);

        Assert.Equal(400, status);
        Assert.InRange(problem.GetProperty("problems").GetArrayLength(), 1, 20);
    }

    [Fact]
    public async Task All_problems_of_a_page_come_together_with_their_places()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.SendAsync(
            "POST", "/v1/pages", "", """{"budget_ms":0,"slates":[{"limit":0},{"surface":"similar","product_id":"nothing"},{"surface":"nowhere","limit":-1}]}""");

        Assert.Equal(400, status);
        Assert.Equal(["budget_ms", "slates[0].limit", "slates[1].product_id", "slates[2].limit", "slates[2].surface"], FieldsOf(problem));
    }

    [Fact]
    public async Task All_unknown_products_of_a_page_come_together()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.SendAsync(
            "POST", "/v1/pages", "", """{"slates":[{"surface":"similar","product_id":"nothing"},{"surface":"home"},{"surface":"bought_together","product_id":"nought"}]}""");

        Assert.Equal(404, status);
        Assert.Equal(["slates[0].product_id", "slates[2].product_id"], FieldsOf(problem));
    }

    [Fact]
    public async Task A_missing_list_does_not_hide_what_else_is_wrong()
    {
        using World world = await World.ServingAsync();

        (_, JsonElement problem) = await world.SendAsync("POST", "/v1/rerank", "", """{"limit":0,"min_price":"cheap"}""");

        Assert.Equal(["limit", "min_price", "product_ids"], FieldsOf(problem));
    }

    [Fact]
    public async Task A_floor_that_cannot_be_kept_is_told_though_the_slate_is_full()
    {
        using World world = await World.ServingAsync();

        JsonElement slate = (await world.GetAsync("?user_id=cook&limit=10&min_per_category=Kitchen:2,Cellar:3&min_per_brand=Nobody:1")).Body;

        Assert.Equal(10, slate.GetProperty("items").GetArrayLength());
        JsonElement reasons = slate.GetProperty("shortfall").GetProperty("reasons");
        Assert.Equal(["min_per_category:Cellar", "min_per_brand:Nobody"], reasons.EnumerateObject().Select(reason => reason.Name));
        Assert.Equal((3, 1), (reasons.GetProperty("min_per_category:Cellar").GetInt32(), reasons.GetProperty("min_per_brand:Nobody").GetInt32()));
        Assert.Equal(JsonValueKind.Null, (await world.GetAsync("?user_id=cook&min_per_category=Kitchen:2")).Body.GetProperty("shortfall").ValueKind);
    }

    [Theory]
    [InlineData("GET", "/v1/recommendations", "?user_id=cook&preview=true", "")]
    [InlineData("POST", "/v1/pages", "", """{"user_id":"cook","preview":true,"slates":[{"surface":"home"},{"surface":"trending"}]}""")]
    [InlineData("POST", "/v1/pages", "", """{"user_id":"cook","slates":[{"preview":true,"surface":"home"}]}""")]
    [InlineData("POST", "/v1/rerank", "", """{"user_id":"cook","preview":true,"product_ids":["p001","p002"]}""")]
    public async Task A_preview_is_neither_logged_nor_an_exposure(string method, string path, string query, string body)
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", EventType.View, 0, 2, 4);
        await world.Experiments.TryWriteAsync(Some.Experiment("everywhere") with { StartsAt = TwoTopicShop.AsOf.AddDays(-1), EndsAt = TwoTopicShop.AsOf.AddDays(9) }, null, Token);
        await world.State.RefreshExperimentsAsync(Token);

        Assert.Equal(200, (await world.SendAsync(method, path, query, body)).Status);
        await world.Log.FlushAsync(Token);

        Assert.Empty(world.Slates.All);
        Assert.Empty(world.Exposures.All);
        Assert.Equal(200, (await world.SendAsync(method, path, query.Replace("preview=true", "", StringComparison.Ordinal), body.Replace("\"preview\":true,", "", StringComparison.Ordinal))).Status);
        await world.Log.FlushAsync(Token);
        Assert.NotEmpty(world.Slates.All);
    }

    private static IEnumerable<string> FieldsOf(JsonElement problem) =>
        problem.GetProperty("problems").EnumerateArray().Select(entry => entry.GetProperty("field").GetString()!).Order(StringComparer.Ordinal);
}
