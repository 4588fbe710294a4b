using System.Text.Json;
using Aisle.Http;

namespace Aisle.Host.Tests;

/// <summary>What a user meets after the first start.</summary>
[Collection(ShopTests.Name)]
public sealed class FirstStartTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void It_prints_the_comparison_the_address_and_lines_to_paste()
    {
        Assert.All(["popularity", "collaborative", "content", "hybrid"], model => Assert.Contains(model, shop.Output, StringComparison.Ordinal));
        Assert.Contains("promoted", shop.Output, StringComparison.Ordinal);
        Assert.Contains($"Aisle serves {shop.Folder} at {shop.Url.ToString().TrimEnd('/')}", shop.Output, StringComparison.Ordinal);
        Assert.Contains("curl -H 'X-Api-Key: storefront-", shop.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shoppers_are_answered_by_all_four_tiers_with_names_prices_and_reasons()
    {
        HashSet<string> strategies = [];
        for (int shopper = 1; shopper <= 250 && strategies.Count < 4; shopper++)
        {
            (int status, _, JsonElement slate) = await shop.AskAsync(
                ApiRole.Storefront, HttpMethod.Get, $"/v1/recommendations?user_id=shopper-{shopper:D5}&limit=6", null, Token);
            Assert.Equal(200, status);
            Assert.Equal(6, slate.GetProperty("items").GetArrayLength());
            Assert.All(slate.GetProperty("items").EnumerateArray(), HasNamePriceAndReason);
            strategies.Add(slate.GetProperty("strategy").GetString()!);
        }

        Assert.Equal(["content_only", "content_plus_neighbours", "full_hybrid", "popularity_cohort"], strategies.Order());
    }

    [Fact]
    public async Task A_strangers_first_click_changes_the_next_slate()
    {
        (_, _, JsonElement before) = await shop.AskAsync(ApiRole.Storefront, HttpMethod.Get, "/v1/recommendations?user_id=stranger-1&limit=5", null, Token);
        Assert.Equal("popularity_cohort", before.GetProperty("strategy").GetString());
        string now = await shop.NowAsync(Token);
        await shop.AskAsync(
            ApiRole.Collector, HttpMethod.Post, "/v1/events",
            $$"""{"event_id":"stranger-click","user_id":"stranger-1","event_type":"click","product_id":"{{before.GetProperty("items")[0].GetProperty("product_id").GetString()}}","event_timestamp":"{{now}}"}""",
            Token);

        string strategy = "";
        for (int attempt = 0; attempt < 100 && strategy != "content_only"; attempt++)
        {
            await Task.Delay(50, Token);
            (_, _, JsonElement after) = await shop.AskAsync(ApiRole.Storefront, HttpMethod.Get, "/v1/recommendations?user_id=stranger-1&limit=5", null, Token);
            strategy = after.GetProperty("strategy").GetString()!;
        }

        Assert.Equal("content_only", strategy);
    }

    [Fact]
    public async Task The_report_and_the_guard_answer()
    {
        (int status, _, JsonElement report) = await shop.AskAsync(
            ApiRole.Analyst, HttpMethod.Get, "/v1/experiments/home-variety/report?format=json", null, Token);
        Assert.Equal(200, status);
        Assert.All(report.GetProperty("users").EnumerateArray(), arm => Assert.True(arm.GetProperty("users").GetInt64() > 20));

        (_, _, JsonElement guard) = await shop.AskAsync(ApiRole.Operator, HttpMethod.Post, "/v1/guard", null, Token);
        Assert.False(guard.GetProperty("stale").GetBoolean());
    }

    [Theory]
    [InlineData("GET", "/v1/nowhere", null, 404)]
    [InlineData("PUT", "/v1/retrain", null, 405)]
    [InlineData("GET", "/v1/recommendations?limit=-1", null, 400)]
    [InlineData("POST", "/v1/events", "not json", 400)]
    [InlineData("POST", "/v1/events", "{\"events\":[]}", 400)]
    [InlineData("GET", "/v1/experiments/none", null, 404)]
    public async Task Errors_are_problem_documents(string method, string path, string? body, int status)
    {
        (int got, string contentType, JsonElement problem) = await shop.AskAsync(ApiRole.Operator, new HttpMethod(method), path, body, Token);

        Assert.Equal((status, "application/problem+json"), (got, contentType));
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("/v1/events", "POST")]
    [InlineData("/v1/recommendations", "GET")]
    [InlineData("/v1/experiments", "GET")]
    [InlineData("/v1/runs", "GET")]
    public async Task Without_a_key_nothing_is_answered(string path, string method)
    {
        (int status, _, _) = await shop.AskAsync(ApiRole.None, new HttpMethod(method), path, null, Token);

        Assert.Equal(401, status);
    }

    private static void HasNamePriceAndReason(JsonElement item)
    {
        Assert.NotEmpty(item.GetProperty("title").GetString()!);
        Assert.True(item.GetProperty("price").GetDecimal() > 0);
        Assert.NotEmpty(item.GetProperty("reason").GetProperty("text").GetString()!);
        Assert.InRange(item.GetProperty("propensity").GetDouble(), 1e-9, 1);
    }
}
