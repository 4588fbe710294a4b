using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Aisle.Host.Serving;
using Aisle.Host.State;
using Aisle.Http;
using Aisle.Local.Workspaces;
using Aisle.ScoreUser.Serving;

namespace Aisle.Host.Cli;

/// <summary>A command's way to ask the shop: over HTTP when a host runs, else through the same endpoints in this process.</summary>
internal sealed class ShopConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private readonly HttpClient _client;
    private readonly LocalShop? _shop;
    private readonly bool _ownsShop;

    private ShopConnection(HttpClient client, LocalShop? shop, bool ownsShop, string folder)
    {
        _client = client;
        _shop = shop;
        _ownsShop = ownsShop;
        client.DefaultRequestHeaders.Add("X-Api-Key", KeyFile.LoadOrCreate(folder).KeyOf(ApiRole.Operator));
    }

    /// <summary>The shop opened in this process; null when a running host was found.</summary>
    public LocalShop? Shop => _shop;

    /// <summary>Finds the host of the folder, or opens the folder's stores.</summary>
    /// <exception cref="UsageException">There is no shop in the folder, or somebody else has it open without serving.</exception>
    public static Task<ShopConnection> OpenAsync(string folder, CancellationToken cancellationToken) =>
        OpenAsync(folder, mayBeEmpty: false, cancellationToken);

    /// <summary>Finds the host of the folder, or opens the folder's stores, even if nothing is in them yet.</summary>
    /// <exception cref="UsageException">There is no shop in the folder although there must be, or somebody else
    /// has it open without serving.</exception>
    public static async Task<ShopConnection> OpenAsync(string folder, bool mayBeEmpty, CancellationToken cancellationToken)
    {
        if (!mayBeEmpty && !Workspace.WasOpened(folder))
        {
            throw NoShop(folder); // before anything is made there
        }

        return OwnedWorkspace.TryOpen(folder) is { } workspace
            ? await OpenStoresAsync(workspace, mayBeEmpty, cancellationToken)
            : await FindHostAsync(folder, cancellationToken);
    }

    /// <summary>Asks, and reads the answer as JSON.</summary>
    /// <exception cref="UsageException">The shop answered with a problem.</exception>
    public async Task<JsonDocument> AskAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken)
    {
        byte[] body = await AskBytesAsync(method, path, json, "application/json", cancellationToken);
        return JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body);
    }

    /// <summary>Asks, and hands the answer on as it is.</summary>
    /// <exception cref="UsageException">The shop answered with a problem.</exception>
    public async Task<byte[]> AskBytesAsync(
        HttpMethod method, string path, string? json, string accept, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(accept));
        if (json is not null)
        {
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }

        using HttpResponseMessage response = await _client.SendAsync(request, cancellationToken);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return response.IsSuccessStatusCode ? body : throw ProblemText.ToException(response, body);
    }

    /// <summary>Asks for something that takes long, and reads its JSON Lines as they come.</summary>
    /// <exception cref="UsageException">The shop answered with a problem.</exception>
    public async IAsyncEnumerable<JsonElement> AskLinesAsync(string path, string json, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/x-ndjson"));
        using HttpResponseMessage response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw ProblemText.ToException(response, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }

        using StreamReader lines = new(await response.Content.ReadAsStreamAsync(cancellationToken));
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    /// <summary>Closes the stores, if this process opened them.</summary>
    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (_shop is not null && _ownsShop)
        {
            await _shop.DisposeAsync();
        }
    }

    /// <summary>Asks a shop that is open in this process and stays the caller's.</summary>
    public static ShopConnection Within(LocalShop shop) => new(ClientOf(shop), shop, ownsShop: false, shop.Workspace.Folder);

    private static async Task<ShopConnection> OpenStoresAsync(Workspace workspace, bool mayBeEmpty, CancellationToken cancellationToken)
    {
        if (!workspace.Info.IsFilled && !mayBeEmpty)
        {
            OwnedWorkspace.RefuseBrokenOff(workspace);
            workspace.Dispose();
            throw NoShop(workspace.Folder);
        }

        LocalShop shop = LocalShop.Open(workspace);
        await shop.RecoverAsync(cancellationToken);
        await shop.Services.GetRequiredService<ServingState>().RefreshAsync(cancellationToken);
        return new ShopConnection(ClientOf(shop), shop, ownsShop: true, workspace.Folder);
    }

    private static UsageException NoShop(string folder) =>
        new("--data", $"there is no shop in {folder}", "Name the folder of a shop; or run aisle without a command to make the demo shop, or import a file.");

    private static HttpClient ClientOf(LocalShop shop) =>
        new(new InProcessHandler(shop.Dispatcher, shop.Services)) { BaseAddress = new Uri("http://in-process/") };

    // A host that is just starting holds the lock before it listens.
    private static async Task<ShopConnection> FindHostAsync(string folder, CancellationToken cancellationToken)
    {
        long started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < Patience)
        {
            if (RunningHost.Read(folder) is { } host && await AnswersAsync(host, cancellationToken))
            {
                return new ShopConnection(new HttpClient { BaseAddress = new Uri(host.Url + "/"), Timeout = TimeSpan.FromMinutes(10) }, null, ownsShop: false, folder);
            }

            await Task.Delay(100, cancellationToken);
        }

        throw new UsageException("--data", $"another command works on {folder} and does not serve", "Wait until it has ended, or end it.");
    }

    private static async Task<bool> AnswersAsync(RunningHost host, CancellationToken cancellationToken)
    {
        try
        {
            using HttpClient probe = new() { Timeout = TimeSpan.FromSeconds(2) };
            using HttpResponseMessage answer = await probe.GetAsync(new Uri(host.Url + "/healthz"), cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
