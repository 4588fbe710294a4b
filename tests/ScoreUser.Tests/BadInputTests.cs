using System.Text.Json;

namespace Aisle.ScoreUser.Tests;

/// <summary>What clients get wrong, or try: each has its status and its field, and nobody learns more than that.</summary>
public sealed class BadInputTests
{
    [Theory]
    [InlineData("?limit=0", 400, "limit")]
    [InlineData("?limit=-1", 400, "limit")]
    [InlineData("?limit=1000000000", 400, "limit")]
    [InlineData("?limit=99999999999999999999", 400, "limit")]
    [InlineData("?limit=1e1", 400, "limit")]
    [InlineData("?limit=5&limit=6", 400, "limit")]
    [InlineData("?surface=nowhere", 400, "surface")]
    [InlineData("?surface=similar", 400, "product_id")]
    [InlineData("?surface=bought_together", 400, "product_id")]
    [InlineData("?surface=cart", 400, "cart")]
    [InlineData("?surface=similar&product_id=nothing", 404, "product_id")]
    [InlineData("?surface=bought_together&product_id=nothing", 404, "product_id")]
    [InlineData("?min_price=NaN", 400, "min_price")]
    [InlineData("?max_price=Infinity", 400, "max_price")]
    [InlineData("?min_price=-1", 400, "min_price")]
    [InlineData("?min_price=1e300", 400, "min_price")]
    [InlineData("?min_price_ratio=0.5", 400, "product_id")]
    [InlineData("?product_id=p001&min_price_ratio=NaN", 400, "min_price_ratio")]
    [InlineData("?max_per_category=0", 400, "max_per_category")]
    [InlineData("?min_per_category=Kitchen", 400, "min_per_category")]
    [InlineData("?min_per_category=Kitchen:0", 400, "min_per_category")]
    [InlineData("?min_per_brand=:3", 400, "min_per_brand")]
    [InlineData("?min_per_category=Kitchen:1,Kitchen:2", 400, "min_per_category")]
    [InlineData("?in_stock_only=perhaps", 400, "in_stock_only")]
    [InlineData("?consent=maybe", 400, "consent")]
    [InlineData("?budget_ms=0", 400, "budget_ms")]
    [InlineData("?user_id=%00", 400, "user_id")]
    [InlineData("?user_id=a%0Ab", 400, "user_id")]
    [InlineData("?product_id=%1b[31m", 400, "product_id")]
    public async Task A_wrong_field_is_named_with_its_remedy(string query, int status, string field)
    {
        using World world = await World.ServingAsync();

        (int answered, JsonElement problem) = await world.GetAsync(query);

        Assert.Equal(status, answered);
        JsonElement first = problem.GetProperty("problems")[0];
        Assert.Equal(field, first.GetProperty("field").GetString());
        Assert.NotEqual("", first.GetProperty("remedy").GetString());
        Assert.DoesNotContain("   at ", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?user_id=nobody-ever-saw")]
    [InlineData("?user_id=' OR 1=1; DROP TABLE slates; --")]
    [InlineData("?user_id=<script>alert(1)</script>")]
    [InlineData("?user_id=../../etc/passwd")]
    [InlineData("?user_id=$%7Bjndi:ldap://x%7D")]
    [InlineData("?user_id=%F0%9F%98%80")]
    [InlineData("?user_id=x&exclude=' OR ''='")]
    [InlineData("?user_id=x&categories=%27;--&brands=%22")]
    [InlineData("?user_id=x&cart=p001,nothing&product_id=nothing")]
    public async Task Whatever_an_id_looks_like_it_is_only_an_id(string query)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement slate) = await world.GetAsync(query);

        Assert.Equal(200, status);
        Assert.True(query.Contains("categories", StringComparison.Ordinal) || slate.GetProperty("items").GetArrayLength() == 10);
        await world.Log.FlushAsync(TestContext.Current.CancellationToken);
        string raw = slate.GetProperty("user_id").GetString()!;
        Assert.All(world.Slates.All, logged => Assert.DoesNotContain(raw.Length > 3 ? raw : "unthinkable", logged.User!.Value.Value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("user_id")]
    [InlineData("surface")]
    [InlineData("categories")]
    [InlineData("exclude")]
    [InlineData("min_price")]
    public async Task A_megabyte_in_a_field_is_refused(string field)
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.GetAsync($"?{field}={new string('9', 1_000_000)}");

        Assert.Equal(400, status);
        Assert.Equal(field, problem.GetProperty("problems")[0].GetProperty("field").GetString());
        Assert.True(problem.GetRawText().Length < 2_000);
    }

    [Theory]
    [InlineData("/v1/recommendations", "", 400)]
    [InlineData("/v1/recommendations", "[]", 400)]
    [InlineData("/v1/recommendations", "{\"limit\":1e400}", 400)]
    [InlineData("/v1/recommendations", "{\"limit\":{\"a\":1}}", 400)]
    [InlineData("/v1/recommendations", "{\"min_price\":NaN}", 400)]
    [InlineData("/v1/recommendations", "{\"cart\":[[]]}", 400)]
    [InlineData("/v1/pages", "{}", 400)]
    [InlineData("/v1/pages", "{\"slates\":[]}", 400)]
    [InlineData("/v1/pages", "{\"slates\":[1]}", 400)]
    [InlineData("/v1/pages", "{\"slates\":[{\"surface\":\"similar\"}]}", 400)]
    [InlineData("/v1/pages", "{\"slates\":[{\"surface\":\"similar\",\"product_id\":\"nothing\"}]}", 404)]
    [InlineData("/v1/rerank", "{}", 400)]
    [InlineData("/v1/rerank", "{\"product_ids\":[]}", 400)]
    [InlineData("/v1/rerank", "{\"product_ids\":[\"nothing\"]}", 200)]
    [InlineData("/v1/nothing", "{}", 404)]
    public async Task A_body_that_cannot_be_used_is_refused(string path, string body, int status)
    {
        using World world = await World.ServingAsync();

        (int answered, JsonElement answer) = await world.SendAsync("POST", path, "", body);

        Assert.Equal(status, answered);
        Assert.DoesNotContain("Exception", answer.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_learns_nothing()
    {
        using World world = await World.ServingAsync();

        (int status, JsonElement problem) = await world.SendAsync("GET", "/v1/recommendations", "?limit=0", "", "wrong-key-0123456789abc");

        Assert.Equal(401, status);
        Assert.DoesNotContain("limit", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_surface_answers_and_a_page_repeats_nothing()
    {
        using World world = await World.ServingAsync();
        await world.TouchAsync("cook", Events.EventType.Purchase, 0, 2);
        await world.TouchAsync("cook", Events.EventType.View, 4, 6, 8, 10);
        string[] surfaces = ["home", "because_you_bought", "similar", "bought_together", "cart", "trending", "new", "recently_viewed"];
        string slates = string.Join(',', surfaces.Select(surface => $$"""{"surface":"{{surface}}","limit":4,"product_id":"p006","cart":["p008"]}"""));

        (int status, JsonElement page) = await world.SendAsync("POST", "/v1/pages", "", $$"""{"user_id":"cook","slates":[{{slates}}]}""");

        Assert.Equal(200, status);
        Assert.Equal(surfaces, page.GetProperty("slates").EnumerateArray().Select(slate => slate.GetProperty("surface").GetString()));
        string[] shown = [.. page.GetProperty("slates").EnumerateArray().SelectMany(slate => slate.GetProperty("items").EnumerateArray()).Select(item => item.GetProperty("product_id").GetString()!)];
        Assert.Equal(shown.Length, shown.Distinct().Count());
        foreach (string surface in surfaces)
        {
            JsonElement slate = (await world.GetAsync($"?user_id=cook&surface={surface}&limit=4&product_id=p006&cart=p008")).Body;
            Assert.NotEmpty(slate.GetProperty("items").EnumerateArray());
        }
    }
}
