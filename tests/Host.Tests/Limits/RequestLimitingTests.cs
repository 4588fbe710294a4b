using System.Net;
using Aisle.Host.Cli;
using Aisle.Host.Limits;
using Aisle.Host.Serving;
using Aisle.Testing;

namespace Aisle.Host.Tests.Limits;

public sealed class RequestLimitingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_address_that_floods_the_collector_is_told_to_wait_and_others_paths_go_on()
    {
        Write("""{"collector_requests_per_second":1}""");
        await using LocalShop shop = LocalShop.Open(OwnedWorkspace.TryOpen(_folder.Path)!, new ListenAddress(IPAddress.Loopback, 0));
        using HttpClient client = new() { BaseAddress = new Uri(await shop.ListenAsync(TestContext.Current.CancellationToken)) };

        HttpResponseMessage[] events = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.PostAsync("/v1/events", null, TestContext.Current.CancellationToken)));
        HttpResponseMessage[] others = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.GetAsync("/healthz", TestContext.Current.CancellationToken)));

        Assert.Contains(events, response => response.StatusCode == HttpStatusCode.Unauthorized);
        HttpResponseMessage refused = events.First(response => response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.Equal(TimeSpan.FromSeconds(1), refused.Headers.RetryAfter?.Delta);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        Assert.All(others, response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
    }

    [Theory]
    [InlineData("""{"collector_requests_per_second":-1}""", "collector_requests_per_second")]
    [InlineData("""{"requests_per_second":"many"}""", "limits.json")]
    public void A_limit_that_is_none_is_named(string file, string named)
    {
        Write(file);

        UsageException refused = Assert.Throws<UsageException>(() => RequestLimits.Load(_folder.Path));

        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_file_leaves_out_keeps_its_default()
    {
        Write("""{"requests_per_second":50}""");

        Assert.Equal(new RequestLimits { RequestsPerSecond = 50 }, RequestLimits.Load(_folder.Path));
    }

    private void Write(string json) => File.WriteAllText(Path.Combine(_folder.Path, "limits.json"), json);
}
