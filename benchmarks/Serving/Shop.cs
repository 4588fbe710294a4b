using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Aisle.Benchmarks.Serving;

/// <summary>A host in a process of its own, on a folder.</summary>
/// <param name="Process">The process.</param>
/// <param name="Url">Where it serves.</param>
/// <param name="Folder">Its state folder.</param>
internal sealed record Shop(ChildProcess Process, Uri Url, string Folder) : IAsyncDisposable
{
    private const int LongIdDigits = 6; // of a demo shop with 100,000 shoppers and more

    /// <summary>How many digits the ids of its shoppers have.</summary>
    public int IdDigits { get; private init; } = 5;

    /// <summary>Starts the host and waits until it serves; an empty folder becomes a demo shop first.</summary>
    public static async Task<Shop> StartAsync(string folder, CancellationToken cancellationToken)
    {
        ChildProcess process = ChildProcess.Start("Aisle.Host.dll", "serve", "--data", folder, "--port", "0");
        string line = await process.WaitForLineAsync(" at http://", cancellationToken);
        Shop shop = new(process, new Uri(line[(line.IndexOf(" at http://", StringComparison.Ordinal) + 4)..].Trim()), folder);
        using JsonDocument slate = JsonDocument.Parse(await shop.SlateAsync(ShopperOf(1, LongIdDigits), cancellationToken));
        return slate.RootElement.GetProperty("strategy").GetString() == "popularity_cohort" ? shop : shop with { IdDigits = LongIdDigits };
    }

    /// <summary>The first API key of a role.</summary>
    public string KeyOf(string role)
    {
        using JsonDocument keys = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "keys.json")));
        return keys.RootElement.GetProperty("api_keys").GetProperty(role)[0].GetString()!;
    }

    /// <summary>Asks for one slate.</summary>
    public async Task<byte[]> SlateAsync(string user, CancellationToken cancellationToken)
    {
        using HttpClient client = new();
        client.DefaultRequestHeaders.Add("X-Api-Key", KeyOf("storefront"));
        return await client.GetByteArrayAsync(new Uri(Url, SlatePath(user)), cancellationToken);
    }

    /// <summary>The shop's own id of a shopper of the demo shop, from 1.</summary>
    public string ShopperOf(int number) => ShopperOf(number, IdDigits);

    /// <summary>The same where ids have so many digits.</summary>
    public static string ShopperOf(int number, int digits) => "shopper-" + number.ToString($"D{digits}", CultureInfo.InvariantCulture);

    /// <summary>The path of one slate.</summary>
    public static string SlatePath(string user) => $"/v1/recommendations?user_id={user}&limit=10";

    /// <summary>The time since the process was started.</summary>
    public TimeSpan Age => Stopwatch.GetElapsedTime(Process.StartedAt);

    /// <summary>Ends the host.</summary>
    public ValueTask DisposeAsync() => Process.DisposeAsync();
}
