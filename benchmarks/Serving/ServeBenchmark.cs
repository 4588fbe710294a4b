using System.Globalization;

namespace Aisle.Benchmarks.Serving;

/// <summary><c>serve</c>: how many slates a second, beside an empty endpoint and a Redis <c>GET</c> that return the same bytes, in turns in
/// the same run; then the latency of each tier at a fixed rate.</summary>
internal static class ServeBenchmark
{
    private const int OpenConnections = 256;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    /// <summary>Runs and prints.</summary>
    public static async Task RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        await using Shop shop = await Shop.StartAsync(options.Folder, cancellationToken);
        byte[] body = await shop.SlateAsync(shop.ShopperOf(1), cancellationToken);
        string bodyFile = Path.Combine(options.Folder, "benchmark-body.json");
        await File.WriteAllBytesAsync(bodyFile, body, cancellationToken);
        Traffic traffic = await Traffic.OfAsync(shop, options.Users, cancellationToken);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} processors shared by host, generator "
            + $"and what is compared; loopback; {options.Users:N0} shoppers in turn, home slates of 10, {body.Length} bytes"));
        await using RedisProcess? redis = await RedisProcess.TryStartAsync(cancellationToken);
        await using ChildProcess empty = ChildProcess.Start("Benchmarks.dll", "empty-endpoint", bodyFile);
        await using ChildProcess? cached = redis is null ? null : ChildProcess.Start("Benchmarks.dll", "redis-endpoint", bodyFile, redis.Port.ToString(CultureInfo.InvariantCulture));
        ServeTarget slates = new("slates of known users", shop.Process, new LoadGenerator(shop.Url, options.Connections), traffic.Known);
        ServeTarget nothing = await SameBytesAsync("empty endpoint, same bytes", empty, "empty", options.Connections, cancellationToken);
        ServeTarget? store = cached is null ? null : await SameBytesAsync("Redis GET, same bytes", cached, "redis", options.Connections, cancellationToken);
        int most = await CompareAsync(slates, nothing, store, options, cancellationToken);
        int rate = options.Rate ?? most / 2;
        await HoldAsync("slates", shop.Url, traffic.Requests, rate, options.Duration, cancellationToken);
        await HoldAsync("empty endpoint, hence machine and generator", nothing.Load.Url, [(nothing.Requests[0], "empty")], rate, options.Duration, cancellationToken);
    }

    /// <summary>Throughput of known users' slates and of both endpoints, in turns; the median round of each.</summary>
    /// <returns>The slates' requests per second.</returns>
    private static async Task<int> CompareAsync(ServeTarget slates, ServeTarget empty, ServeTarget? redis, ServeOptions options, CancellationToken cancellationToken)
    {
        List<ServeTarget> targets = redis is null ? [slates, empty] : [slates, empty, redis];
        foreach (ServeTarget target in targets)
        {
            await target.WarmUpAsync(WarmUp, cancellationToken);
        }

        for (int round = 0; round < options.Rounds; round++)
        {
            foreach (ServeTarget target in targets)
            {
                await target.RunAsync(Round, cancellationToken);
            }
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"closed loop, {options.Connections} connections, median of "
            + $"{options.Rounds} rounds of {Round.TotalSeconds} s in turns"));
        targets.ForEach(Console.WriteLine);
        string absence = redis is null ? "; no redis-server here" : "";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"  share of the empty endpoint's rate: "
                + $"{slates.Median.RequestsPerSecond / empty.Median.RequestsPerSecond:P0}{absence}"));
        return (int)slates.Median.RequestsPerSecond;
    }

    private static async Task HoldAsync(
        string name, Uri url, IReadOnlyList<(byte[] Bytes, string Group)> requests, int rate, TimeSpan duration, CancellationToken cancellationToken)
    {
        OpenLoopResult result = await new OpenLoopGenerator(url, OpenConnections).RunAsync(requests, rate, duration, cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"open loop, {name}, {rate:N0} requests/s for {duration.TotalSeconds:N0} s, from when each was "
                + $"due: {result.Count:N0} answered, {result.Errors:N0} errors"));
        foreach (string line in result.Lines())
        {
            Console.WriteLine(line);
        }
    }

    private static async Task<ServeTarget> SameBytesAsync(string name, ChildProcess process, string kind, int connections, CancellationToken cancellationToken)
    {
        string prefix = $"{kind} endpoint at ";
        string line = await process.WaitForLineAsync(prefix, cancellationToken);
        Uri url = new(line[(line.IndexOf(prefix, StringComparison.Ordinal) + prefix.Length)..]);
        return new ServeTarget(name, process, new LoadGenerator(url, connections), [LoadGenerator.Get(url, Shop.SlatePath("shopper-00001"), "none")]);
    }
}
