using System.Text.Json;
using Aisle.Host.Cli;
using Aisle.Host.Output;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Testing;

namespace Aisle.Host.Tests;

/// <summary>One running host on a small demo shop, started as a user starts it: once for all end-to-end tests.</summary>
public sealed class ShopFixture : IAsyncLifetime
{
    private static readonly string[] Sizes = ["--products", "300", "--shoppers", "250", "--events", "9000", "--days", "45"];

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private readonly Dictionary<string, IReadOnlyList<DocumentedAnswer>> _answers = [];
    private Task<int> _host = Task.FromResult(0);

    /// <summary>The state folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>What the host printed so far.</summary>
    public string Output => _output.ToString();

    /// <summary>Where it serves.</summary>
    public Uri Url { get; private set; } = new("http://localhost");

    /// <summary>Starts the host in an empty folder and waits until it serves.</summary>
    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(Path.Combine(Folder, "schedule.json"), """{"catalogue_changes":""}"""); // tests change the catalogue and train when they want to
        await File.WriteAllTextAsync(Path.Combine(Folder, "retrain.json"), """{"tuning":"off"}""");
        _host = AisleCommand.RunAsync(["serve", "--data", Folder, "--port", "0", .. Sizes], Screen.Plain(_output, _error), _stop.Token);
        while (RunningHost.Read(Folder) is null && !_host.IsCompleted)
        {
            await Task.Delay(50);
        }

        Url = new Uri((RunningHost.Read(Folder) ?? throw new InvalidOperationException("The host did not start: " + _error)).Url);
    }

    /// <summary>The first key of a role.</summary>
    internal string KeyOf(ApiRole role) => KeyFile.LoadOrCreate(Folder).KeyOf(role);

    /// <summary>Asks the host over HTTP.</summary>
    internal async Task<(int Status, string ContentType, JsonElement Body)> AskAsync(
        ApiRole role, HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        using HttpClient client = new() { BaseAddress = Url };
        using HttpRequestMessage request = new(method, path);
        request.Headers.Add("X-Api-Key", role == ApiRole.None ? "nobody-0123456789abcdef" : KeyOf(role));
        request.Content = json is null ? null : new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        using JsonDocument document = JsonDocument.Parse(body.Length == 0 ? "null"u8.ToArray() : body);
        return ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType ?? "", document.RootElement.Clone());
    }

    /// <summary>The answers to a page's examples, which are sent once: what they create cannot be created again.</summary>
    internal async Task<IReadOnlyList<DocumentedAnswer>> AnswersOfAsync(string page, CancellationToken cancellationToken)
    {
        if (!_answers.TryGetValue(page, out IReadOnlyList<DocumentedAnswer>? answers))
        {
            List<DocumentedAnswer> sent = [];
            foreach (DocumentedExample example in DocumentedExample.ReadAll(page))
            {
                sent.Add(await example.SendAsync(this, cancellationToken));
            }

            _answers[page] = answers = sent;
        }

        return answers;
    }

    /// <summary>What time the host says it is.</summary>
    internal async Task<string> NowAsync(CancellationToken cancellationToken)
    {
        using HttpClient client = new() { BaseAddress = Url };
        using HttpResponseMessage response = await client.GetAsync("/healthz", cancellationToken);
        return response.Headers.Date!.Value.ToString("yyyy-MM-ddTHH:mm:ssZ", null);
    }

    /// <summary>Stops the host as Ctrl+C does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _host;
        _stop.Dispose();
        _folder.Dispose();
        _output.Dispose();
        _error.Dispose();
    }
}
