using System.Text.Json;

namespace Aisle.AbReport.Tests;

public sealed class AbReportEndpointTests
{
    private const string New =
        """{"key":"cart","variants":[{"name":"control","from_bucket":0,"to_bucket":5000},{"name":"fast","from_bucket":5000,"to_bucket":10000,"parameters":{"alpha":"0.7"}}],"starts_at":"2026-01-10T00:00:00Z","ends_at":"2026-02-10T00:00:00Z","state":"running"}""";

    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_experiment_is_made_listed_changed_and_never_made_twice()
    {
        Assert.Equal(201, (await _world.SendAsync("POST", "/v1/experiments", New)).Status);
        Assert.Equal(409, (await _world.SendAsync("POST", "/v1/experiments", New)).Status);
        Assert.Equal(200, (await _world.SendAsync("PATCH", "/v1/experiments/cart", """{"state":"stopped"}""")).Status);

        JsonElement list = World.Json((await _world.SendAsync("GET", "/v1/experiments", null)).Body).GetProperty("experiments");
        JsonElement stopped = Assert.Single(list.EnumerateArray());
        Assert.Equal("stopped", stopped.GetProperty("state").GetString());
        Assert.Equal(_world.Clock.GetUtcNow(), stopped.GetProperty("stopped_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_stopped_experiment_cannot_be_set_running_again()
    {
        await _world.SendAsync("POST", "/v1/experiments", New);
        await _world.SendAsync("PATCH", "/v1/experiments/cart", """{"state":"stopped"}""");

        (int status, _, string body) = await _world.SendAsync("PATCH", "/v1/experiments/cart", """{"state":"running"}""");

        Assert.Equal(409, status);
        Assert.Contains("cannot run again", body, StringComparison.Ordinal);
        Assert.Contains("\"stopped\"", (await _world.SendAsync("GET", "/v1/experiments/cart", null)).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"variants":[]}""", "key", "variants", "starts_at", "ends_at")]
    [InlineData("""{"key":"Über","variants":[{"name":"a","from_bucket":0,"to_bucket":6000},{"name":"b","from_bucket":5000,"to_bucket":10000}],"starts_at":"x","ends_at":"2026-01-01T00:00:00Z"}""", "key", "variants[1].from_bucket", "starts_at")]
    [InlineData("""{"key":"a","variants":[{"name":"a","weight":1},{"name":"b","weight":1,"parameters":{"alpha":"7","policy":"best","shop_color":"red"}}],"starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-02-01T00:00:00Z"}""", "variants[1].parameters.alpha", "variants[1].parameters.policy")]
    [InlineData("""{"key":"a","variants":[{"name":"Ä","from_bucket":9,"to_bucket":2,"wieght":1},7],"starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-02-01T00:00:00Z","salt":5,"varaints":[]}""", "variants[0].name", "variants[0].from_bucket", "variants[0].wieght", "variants[1]", "salt", "varaints")]
    [InlineData("""{"key":"a","variants":[{"name":"a","weight":1,"from_bucket":0},{"name":"b","weight":1}],"starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-02-01T00:00:00Z","description":7}""", "variants[0].weight", "description")]
    public async Task Everything_that_is_wrong_is_named_at_once(string body, params string[] fields)
    {
        (int status, string contentType, string answer) = await _world.SendAsync("POST", "/v1/experiments", body);

        Assert.Equal((400, "application/problem+json"), (status, contentType));
        Assert.Equal(fields, World.Json(answer).GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()));
    }

    [Fact]
    public async Task A_clash_with_another_experiment_of_the_layer_is_named_beside_what_else_is_wrong()
    {
        string layered = New.Replace("\"state\"", "\"layer\":\"home\",\"state\"", StringComparison.Ordinal);
        await _world.SendAsync("POST", "/v1/experiments", layered);

        (int status, _, string body) = await _world.SendAsync("POST", "/v1/experiments", layered.Replace("\"cart\"", "\"Cart\"", StringComparison.Ordinal).Replace("\"state\"", "\"sate\"", StringComparison.Ordinal));

        Assert.Equal(400, status);
        Assert.Equal(
            ["key", "sate", "variants[0].from_bucket", "variants[1].from_bucket"],
            World.Json(body).GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("""{"salt":"other"}""", "salt", "cannot be changed")]
    [InlineData("""{"ends":"2026-03-01T00:00:00Z"}""", "ends", "unknown")]
    public async Task A_change_of_what_is_fixed_or_unknown_is_refused_by_name(string change, string field, string problem)
    {
        await _world.SendAsync("POST", "/v1/experiments", New);

        (int status, _, string body) = await _world.SendAsync("PATCH", "/v1/experiments/cart", change);

        JsonElement told = Assert.Single(World.Json(body).GetProperty("problems").EnumerateArray());
        Assert.Equal((400, field), (status, told.GetProperty("field").GetString()));
        Assert.Contains(problem, told.GetProperty("problem").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?format=json", null, "application/json")]
    [InlineData("?format=csv", null, "text/csv; charset=utf-8")]
    [InlineData("", "application/json", "application/json")]
    [InlineData("", "text/html,application/json", "text/html; charset=utf-8")]
    [InlineData("", null, "text/html; charset=utf-8")]
    public async Task A_report_comes_in_the_form_that_was_asked_for(string query, string? accept, string contentType)
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 50, clickEvery: 2, buyEvery: 5);
        _world.Visitors("varied", 50, clickEvery: 2, buyEvery: 4);

        (int status, string got, string body) = await _world.SendAsync("GET", "/v1/experiments/home/report" + query, null, accept: accept);

        Assert.Equal((200, contentType), (status, got));
        Assert.Contains("home", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("report?alpha=0.1", "alpha")]
    [InlineData("report?from=2026-01-01", "from")]
    [InlineData("report?fromat=csv", "fromat")]
    [InlineData("power?users=100&lfit=0.1", "lfit")]
    public async Task A_parameter_that_changes_nothing_is_refused_by_name(string path, string field)
    {
        World world = new();
        await world.RunningForAsync(3, Token);

        (int status, _, string body) = await world.SendAsync("GET", $"/v1/experiments/home/{path}", null);

        Assert.Equal(400, status);
        Assert.Equal(field, World.Json(body).GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Text_of_the_shop_cannot_become_markup_in_the_page()
    {
        await _world.SendAsync("POST", "/v1/experiments", New.Replace("\"state\"", "\"description\":\"<script>alert(1)</script>\",\"state\"", StringComparison.Ordinal));

        string page = (await _world.SendAsync("GET", "/v1/experiments/cart/report?format=html", null)).Body;

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/experiments/none", 404)]
    [InlineData("/v1/experiments/none/report", 404)]
    [InlineData("/v1/experiments/none/report?format=pdf", 400)]
    public async Task What_is_not_there_is_a_problem_document(string path, int status)
    {
        (int got, string contentType, _) = await _world.SendAsync("GET", path, null);

        Assert.Equal((status, "application/problem+json"), (got, contentType));
    }

    [Fact]
    public async Task Without_the_analysts_key_nothing_is_shown() =>
        Assert.Equal(401, (await _world.SendAsync("GET", "/v1/experiments", null, key: "somebody-else-0123456789")).Status);
}
