using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Http.Tests;

/// <summary>What a page of the shop may do: send events with the key that stands in it, from another origin.</summary>
public sealed class QueryKeyTests
{
    private const string CollectorKey = "collector-key-0123456789";
    private const string OperatorKey = "operator-key-0123456789";

    private readonly RouteTable _routes = new RouteTable(
            new ApiKeys(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Collector] = [CollectorKey], [ApiRole.Operator] = [OperatorKey] }), new FakeTimeProvider())
        .Map("POST", "v1/events", ApiRole.Collector, (context, _) => context.Response.WriteAsync("taken"))
        .Map("POST", "v1/retrain", ApiRole.Operator, (context, _) => context.Response.WriteAsync("begun"));

    [Theory]
    [InlineData("/v1/events", CollectorKey, 200)]
    [InlineData("/v1/events", "collector-key-9876543210", 401)]
    [InlineData("/v1/events", OperatorKey, 401)]
    [InlineData("/v1/retrain", OperatorKey, 401)]
    [InlineData("/v1/retrain", CollectorKey, 401)]
    public async Task Only_a_collectors_key_is_taken_from_the_address_and_only_to_collect(string path, string key, int status) =>
        Assert.Equal(status, (await SendAsync(path, "?key=" + key)).StatusCode);

    [Theory]
    [InlineData("/v1/events", "?key=" + CollectorKey, "*")]
    [InlineData("/v1/events", "", "*")]
    [InlineData("/v1/retrain", "", "")]
    public async Task Pages_of_another_origin_see_the_collectors_answers_and_no_others(string path, string query, string allowed) =>
        Assert.Equal(allowed, (await SendAsync(path, query)).Headers.AccessControlAllowOrigin.ToString());

    private async Task<HttpResponse> SendAsync(string path, string query)
    {
        DefaultHttpContext context = Requests.Of("POST", path);
        context.Request.QueryString = new QueryString(query);
        await _routes.HandleAsync(context);
        return context.Response;
    }
}
