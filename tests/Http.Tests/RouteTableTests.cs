using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Http.Tests;

public sealed class RouteTableTests
{
    private const string OperatorKey = "operator-key-0123456789";
    private const string StorefrontKey = "storefront-key-0123456789";

    private static readonly ApiKeys Keys = new(new Dictionary<ApiRole, IReadOnlyList<string>>
    {
        [ApiRole.Operator] = [OperatorKey],
        [ApiRole.Storefront] = ["old-storefront-key-01234", StorefrontKey],
    });

    private readonly RouteTable _routes = new RouteTable(Keys, new FakeTimeProvider())
        .Map("GET", "v1/things/{id}", ApiRole.Storefront, (context, values) => context.Response.WriteAsync($"thing {values["id"]}"))
        .Map("POST", "v1/things", ApiRole.Operator, async (context, _) =>
        {
            ReadOnlyMemory<byte> body = await Bodies.ReadAsync(context, 100);
            await context.Response.WriteAsync(Encoding.UTF8.GetString(body.Span));
        })
        .MapHealth(_ => Task.FromResult<string?>("no model yet; run retrain"));

    [Theory]
    [InlineData(StorefrontKey)]
    [InlineData("old-storefront-key-01234")]
    [InlineData(OperatorKey)]
    public async Task A_path_answers_each_key_of_its_role_and_the_operator(string key)
    {
        DefaultHttpContext context = Requests.Of("GET", "/v1/things/ä b", key);

        await _routes.HandleAsync(context);

        Assert.Equal("thing ä b", Requests.Answer(context));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("storefront-key-012345678")]
    public async Task A_missing_or_wrong_key_is_refused_with_the_role_that_is_needed(string? key)
    {
        DefaultHttpContext context = Requests.Of("GET", "/v1/things/1", key);

        await _routes.HandleAsync(context);

        Assert.Equal(401, context.Response.StatusCode);
        Assert.Contains("storefront", Requests.Answer(context));
    }

    [Fact]
    public async Task A_bearer_token_is_as_good_as_the_header()
    {
        DefaultHttpContext context = Requests.Of("GET", "/v1/things/1");
        context.Request.Headers.Authorization = "Bearer " + StorefrontKey;

        await _routes.HandleAsync(context);

        Assert.Equal(200, context.Response.StatusCode);
    }

    [Fact]
    public async Task An_unknown_path_is_a_problem_document()
    {
        DefaultHttpContext context = Requests.Of("GET", "/v2/nothing");

        await _routes.HandleAsync(context);

        Assert.Equal(404, context.Response.StatusCode);
        Assert.Equal("application/problem+json", context.Response.ContentType);
    }

    [Fact]
    public async Task A_wrong_method_names_the_right_ones()
    {
        DefaultHttpContext context = Requests.Of("DELETE", "/v1/things", OperatorKey);

        await _routes.HandleAsync(context);

        Assert.Equal(405, context.Response.StatusCode);
        Assert.Equal("POST", context.Response.Headers.Allow);
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_answered_by_the_table()
    {
        DefaultHttpContext context = Requests.WithBody(new byte[101]);
        context.Request.Headers["X-Api-Key"] = OperatorKey;

        await _routes.HandleAsync(context);

        Assert.Equal(413, context.Response.StatusCode);
    }

    [Fact]
    public async Task Health_needs_no_key_and_readiness_says_why_not()
    {
        DefaultHttpContext health = Requests.Of("GET", "/healthz");
        DefaultHttpContext ready = Requests.Of("GET", "/readyz");

        await _routes.HandleAsync(health);
        await _routes.HandleAsync(ready);

        Assert.Equal(200, health.Response.StatusCode);
        Assert.Equal(503, ready.Response.StatusCode);
        Assert.Contains("no model yet; run retrain", Requests.Answer(ready));
        Assert.Contains("no model yet; run retrain", await _routes.WhyNotReadyAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_short_key_is_refused_at_start() =>
        Assert.Throws<ArgumentException>(() => new ApiKeys(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Operator] = ["short"] }));
}
