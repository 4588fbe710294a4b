using System.Net;
using System.Text.Json;
using Aisle.Http;

namespace Aisle.Host.Tests;

[Collection(ShopTests.Name)]
public sealed class IndexPageTests(ShopFixture shop)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_address_alone_lists_the_paths_and_whose_key_each_wants()
    {
        using HttpClient client = new() { BaseAddress = shop.Url };

        using JsonDocument index = JsonDocument.Parse(await client.GetStringAsync("/", Token));

        (string? Method, string? Path, string? Role)[] paths = [.. index.RootElement.GetProperty("paths").EnumerateArray()
            .Select(path => (path.GetProperty("method").GetString(), path.GetProperty("path").GetString(), path.GetProperty("role").GetString()))];
        Assert.Contains(("GET", "/v1/recommendations", "storefront"), paths);
        Assert.Contains(("POST", "/v1/events", "collector"), paths);
        Assert.Contains(("GET", "/healthz", null), paths);
        Assert.Equal(paths.Distinct(), paths);
    }

    [Fact]
    public async Task An_address_that_is_too_long_is_refused_in_words()
    {
        (int status, _, JsonElement problem) = await shop.AskAsync(ApiRole.Storefront, HttpMethod.Get, $"/v1/recommendations?exclude={new string('9', 20_000)}", null, Token);

        Assert.Equal((int)HttpStatusCode.RequestUriTooLong, status);
        Assert.Equal("query", problem.GetProperty("problems")[0].GetProperty("field").GetString());
    }
}
