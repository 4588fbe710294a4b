using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>serve-retraining</c>: the latency of slates at a steady rate, alone and while the host's child process retrains, swap
/// included; in turns, in one run.</summary>
internal static class RetrainingBenchmark
{
    private const int Users = 1_000;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(4);

    /// <summary>Runs and prints.</summary>
    public static async Task RunAsync(string folder, int rate, int rounds, CancellationToken cancellationToken)
    {
        await using Shop shop = await Shop.StartAsync(folder, cancellationToken);
        string key = shop.KeyOf("storefront");
        byte[][] requests = [.. Enumerable.Range(1, Users).Select(i => LoadGenerator.Get(shop.Url, Shop.SlatePath(shop.ShopperOf(i)), key))];
        SteadyLoad load = new(shop.Url, requests, rate);
        await load.RunAsync(Task.Delay(TimeSpan.FromSeconds(5), cancellationToken), cancellationToken);
        Console.WriteLine($"{rate} slates/s asked for over loopback, {Users} shoppers in turn, {Environment.ProcessorCount} processors; "
            + "the time of a request counts from when it was due");
        for (int round = 0; round < rounds; round++)
        {
            Print("alone", await load.RunAsync(Task.Delay(Quiet, cancellationToken), cancellationToken));
            Task<string> run = RetrainAsync(shop, cancellationToken);
            LoadResult beside = await load.RunAsync(run, cancellationToken);
            Print($"while retraining ({await run})", beside);
        }
    }

    private static async Task<string> RetrainAsync(Shop shop, CancellationToken cancellationToken)
    {
        using HttpClient client = new() { BaseAddress = shop.Url };
        client.DefaultRequestHeaders.Add("X-Api-Key", shop.KeyOf("operator"));
        using HttpResponseMessage begun = await client.PostAsJsonAsync("v1/retrain", new Dictionary<string, bool> { ["force"] = true }, cancellationToken);
        string url = (await begun.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("url").GetString()!;
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Most);
        while (true)
        {
            JsonElement run = await client.GetFromJsonAsync<JsonElement>(url, patience.Token);
            if (run.GetProperty("state").GetString() is { } state and not "running")
            {
                await Task.Delay(TimeSpan.FromSeconds(2), cancellationToken); // the swap belongs to it
                return $"{state} after "
                    + $"{(run.GetProperty("ended_at").GetDateTimeOffset() - run.GetProperty("started_at").GetDateTimeOffset()).TotalSeconds:0} s";
            }

            await Task.Delay(TimeSpan.FromSeconds(0.5), patience.Token);
        }
    }

    private static void Print(string name, LoadResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-42} {result.Requests,7:N0} answers, all 200, {result.RequestsPerSecond,6:N0}/s   p50 {result.P50,7:0.00} ms   p99 {result.P99,7:0.00} ms"));
}
