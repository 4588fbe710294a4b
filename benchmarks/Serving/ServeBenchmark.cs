using System.Globalization;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>serve</c>: slates per second and their latency, beside an empty endpoint that returns the same bytes, in turns in the same run.</summary>
internal static class ServeBenchmark
{
    private const int Users = 1_000;
    private const int Rounds = 5;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    /// <summary>Runs and prints.</summary>
    public static async Task RunAsync(string folder, int connections, CancellationToken cancellationToken)
    {
        await using Shop shop = await Shop.StartAsync(folder, cancellationToken);
        byte[] body = await shop.SlateAsync("shopper-00001", cancellationToken);
        string bodyFile = Path.Combine(folder, "benchmark-body.json");
        await File.WriteAllBytesAsync(bodyFile, body, cancellationToken);
        await using ChildProcess empty = ChildProcess.Start("Benchmarks.dll", "empty-endpoint", bodyFile);
        string line = await empty.WaitForLineAsync("empty endpoint at ", cancellationToken);
        Uri emptyUrl = new(line["empty endpoint at ".Length..]);
        Console.WriteLine($"{connections} connections over loopback, {Users} shoppers in turn, slates of 10, {body.Length} bytes; {Rounds} rounds of {Round.TotalSeconds} s in turns");
        (LoadResult slates, LoadResult nothing) = await MeasureAsync(shop, emptyUrl, connections, cancellationToken);
        Print("GET /v1/recommendations", slates);
        Print("empty endpoint, same bytes", nothing);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"share of the empty endpoint's rate: {slates.RequestsPerSecond / nothing.RequestsPerSecond:P0}"));
    }

    private static async Task<(LoadResult Slates, LoadResult Nothing)> MeasureAsync(
        Shop shop, Uri emptyUrl, int connections, CancellationToken cancellationToken)
    {
        string key = shop.KeyOf("storefront");
        byte[][] slateRequests = [.. Enumerable.Range(1, Users).Select(i => LoadGenerator.Get(shop.Url, Shop.SlatePath($"shopper-{i:D5}"), key))];
        byte[][] emptyRequests = [.. Enumerable.Range(1, Users).Select(i => LoadGenerator.Get(emptyUrl, Shop.SlatePath($"shopper-{i:D5}"), key))];
        LoadGenerator slates = new(shop.Url, connections);
        LoadGenerator nothing = new(emptyUrl, connections);
        await slates.RunAsync(slateRequests, WarmUp, cancellationToken);
        await nothing.RunAsync(emptyRequests, WarmUp, cancellationToken);
        List<LoadResult> slateRounds = [];
        List<LoadResult> emptyRounds = [];
        for (int round = 0; round < Rounds; round++)
        {
            slateRounds.Add(await slates.RunAsync(slateRequests, Round, cancellationToken));
            emptyRounds.Add(await nothing.RunAsync(emptyRequests, Round, cancellationToken));
        }

        return (LoadResult.Median(slateRounds), LoadResult.Median(emptyRounds));
    }

    private static void Print(string name, LoadResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-28} {result.RequestsPerSecond,9:N0} requests/s   p50 {result.P50,7:0.00} ms   p99 {result.P99,7:0.00} ms"));
}
