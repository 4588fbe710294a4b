using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Aisle.Host.Serving;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.Testing;

namespace Aisle.Host.Tests;

/// <summary>What stands around an answer: caching, compression, timing, trace context, HTTP/2.</summary>
[Collection(ShopTests.Name)]
public sealed class ProtocolTests(ShopFixture shop)
{
    private const string Trace = "0af7651916cd43dd8448eb211c80319c";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/recommendations?user_id=shopper-00001", 200)]
    [InlineData("/v1/recommendations?limit=0", 400)]
    [InlineData("/v1/nowhere", 404)]
    [InlineData("/healthz", 200)]
    public async Task Nobody_may_keep_an_answer_and_each_says_how_long_it_took(string path, int status)
    {
        using HttpResponseMessage response = await AskAsync(path);

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        Assert.Null(response.Headers.ETag);
        Assert.Matches("^total;dur=[0-9.]+$", Assert.Single(response.Headers.GetValues("Server-Timing")));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task An_answer_is_packed_for_whoever_accepts_it(string encoding)
    {
        using HttpResponseMessage packed = await AskAsync("/v1/recommendations?user_id=shopper-00001", ("Accept-Encoding", encoding));
        await using Stream body = await packed.Content.ReadAsStreamAsync(Token);
        await using Stream plain = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using JsonDocument slate = await JsonDocument.ParseAsync(plain, cancellationToken: Token);

        Assert.Equal(encoding, Assert.Single(packed.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", packed.Headers.Vary);
        Assert.Equal(10, slate.RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task The_program_is_ready_when_each_function_is()
    {
        using TemporaryFolder folder = new();
        await using LocalShop empty = LocalShop.Open(Workspace.TryOpen(folder.Path)!, new ListenAddress(IPAddress.Loopback, 0));
        using HttpClient client = new() { BaseAddress = new Uri(await empty.ListenAsync(Token)) };

        using HttpResponseMessage unready = await client.GetAsync(new Uri("/readyz", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);
        Assert.Contains("no model yet", await unready.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 40_000)]
    [InlineData(150, 10)]
    public async Task Too_many_headers_are_refused_in_words(int count, int length)
    {
        using HttpResponseMessage response = await AskAsync(
            "/v1/recommendations?user_id=a", [.. Enumerable.Range(0, count).Select(index => ($"X-Much-{index}", new string('x', length)))]);
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("headers", problem.RootElement.GetProperty("problems")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n", 400, "its chunks are broken")]
    [InlineData("Content-Length: 50\r\n\r\n{", 408, "too slowly")]
    public async Task A_body_that_the_server_gives_up_is_refused_in_words(string rest, int status, string problem)
    {
        using TcpClient connection = new();
        await connection.ConnectAsync(shop.Url.Host, shop.Url.Port, Token);
        NetworkStream stream = connection.GetStream();
        string head = $"POST /v1/recommendations HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {shop.KeyOf(ApiRole.Storefront)}\r\nConnection: close\r\nContent-Type: application/json\r\n";
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head + rest), Token);

        string answer = await new StreamReader(stream).ReadToEndAsync(Token);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Contains("application/problem+json", answer, StringComparison.Ordinal);
        Assert.Contains(problem, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_is_continued_and_named_in_problems()
    {
        using HttpResponseMessage response = await AskAsync("/v1/recommendations?limit=0", ("traceparent", $"00-{Trace}-b7ad6b7169203331-01"));
        using JsonDocument problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Token));

        Assert.StartsWith($"00-{Trace}-", Assert.Single(response.Headers.GetValues("traceresponse")));
        Assert.Equal(Trace, problem.RootElement.GetProperty("trace_id").GetString());
    }

    [Fact]
    public async Task A_second_port_speaks_HTTP_2_without_TLS()
    {
        using TemporaryFolder folder = new();
        int port = FreePort();
        await using LocalShop own = LocalShop.Open(Workspace.TryOpen(folder.Path)!, new ListenAddress(IPAddress.Loopback, 0, port));
        await own.ListenAsync(Token);
        using HttpClient client = new() { DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };

        using HttpResponseMessage response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz"), Token);

        Assert.Equal((HttpStatusCode.OK, HttpVersion.Version20), (response.StatusCode, response.Version));
    }

    private async Task<HttpResponseMessage> AskAsync(string path, params (string Name, string Value)[] headers)
    {
        using HttpClient client = new();
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(shop.Url, path));
        request.Headers.Add("X-Api-Key", shop.KeyOf(ApiRole.Storefront));
        foreach ((string name, string value) in headers)
        {
            request.Headers.Add(name, value);
        }

        return await client.SendAsync(request, Token);
    }

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
