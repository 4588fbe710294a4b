using System.Net;
using System.Net.Sockets;
using System.Text;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.Privacy;
using Aisle.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Aisle.Host.Tests;

/// <summary>Nothing that is logged identifies a person, whatever is asked and whatever fails: no user id, no
/// pseudonym, no key, no address.</summary>
public sealed class LogPrivacyTests
{
    private const string User = "anna.berg@mail.example";

    private static readonly (string Method, string Path, string? Body)[] Requests =
    [
        ("GET", $"/v1/recommendations?user_id={User}&limit=10", null),
        ("GET", $"/v1/recommendations?user_id={User}&limit=-1&min_price=NaN", null),
        ("GET", $"/v1/recommendations?user_id={User}%0A&surface=attic", null),
        ("POST", "/v1/recommendations", $$"""{"user_id":"{{User}}","consent":"maybe"}"""),
        ("POST", "/v1/recommendations", $$"""{"user_id":"{{User}}","""),
        ("POST", "/v1/pages", $$"""{"user_id":"{{User}}","slates":[{"surface":"home"},{"limit":0}]}"""),
        ("POST", "/v1/rerank", $$"""{"user_id":"{{User}}","product_ids":["{{User}}"]}"""),
        ("POST", "/v1/events", $$"""{"event_id":"e1","user_id":"{{User}}","event_type":"view","product_id":"P1","event_timestamp":"yesterday"}"""),
        ("POST", "/v1/identities", $$"""{"visitor_id":"{{User}}"}"""),
        ("DELETE", $"/v1/users/{User}", null),
        ("GET", $"/v1/nowhere/{User}", null),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lines_of_good_bad_and_failing_requests_name_nobody()
    {
        using TemporaryFolder folder = new();
        using RecordedLog log = new();
        await using LocalShop shop = LocalShop.Open(Workspace.TryOpen(folder.Path)!, new ListenAddress(IPAddress.Loopback, 0));
        shop.Services.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>().CurrentValue.AddFilter<RecordedLog>("Aisle", LogLevel.Trace);
        shop.Services.GetRequiredService<ILoggerFactory>().AddProvider(log);
        Uri url = new((await shop.ListenAsync(Token)).Replace("localhost", "127.0.0.1", StringComparison.Ordinal));
        KeyFile keys = shop.Services.GetRequiredService<KeyFile>();

        await AskAllAsync(url, keys);
        await SendGarbageAsync(url);
        await BreakStoreAsync(shop.Workspace.StateFile);
        while (!log.Lines.Any(line => line.Contains("no such table", StringComparison.Ordinal)))
        {
            await AskAllAsync(url, keys);
        }

        string pseudonym = shop.Services.GetRequiredService<Pseudonymizer>().UserOf(User).Value;
        string[] secrets = [User, Uri.EscapeDataString(User), pseudonym, "127.0.0.1", .. Enum.GetValues<ApiRole>().Where(role => role != ApiRole.None).Select(keys.KeyOf)];
        Assert.All(log.Lines, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task AskAllAsync(Uri url, KeyFile keys)
    {
        using HttpClient client = new() { BaseAddress = url };
        foreach (string key in new[] { keys.KeyOf(ApiRole.Operator), keys.KeyOf(ApiRole.Collector), "wrong-key-0123456789" })
        {
            foreach ((string method, string path, string? body) in Requests)
            {
                using HttpRequestMessage request = new(new HttpMethod(method), path);
                request.Headers.Add("X-Api-Key", key);
                request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
                using HttpResponseMessage answer = await client.SendAsync(request, Token);
            }
        }
    }

    /// <summary>What is no HTTP at all.</summary>
    private static async Task SendGarbageAsync(Uri url)
    {
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, url.Port, Token);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /v1/recommendations?user_id={User} HTTP/9.9\r\nX: "
            + $"{new string('x', 40_000)}\r\n\r\n"), Token);
        await new StreamReader(client.GetStream()).ReadToEndAsync(Token);
    }

    private static async Task BreakStoreAsync(string file)
    {
        await using SqliteConnection connection = new($"Data Source={file}");
        await connection.OpenAsync(Token);
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "DROP TABLE profiles; DROP TABLE documents; DROP TABLE candidate_lists;";
        await command.ExecuteNonQueryAsync(Token);
    }
}
