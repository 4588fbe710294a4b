using System.Diagnostics;
using System.Globalization;

namespace Aisle.Benchmarks.Ingest;

/// <summary>Events per second over HTTP into the durable queue, and on through the event function into warehouse
/// and session features.</summary>
internal static class ThroughputBenchmark
{
    private const int Shoppers = 5_000;
    private const int Connections = 16;

    /// <summary>Runs each batch size on a store of its own, and prints it beside the bare engines.</summary>
    public static async Task RunAsync(string folder, int events, CancellationToken cancellationToken)
    {
        Line($"bare DuckDB appender, 5,000 rows a transaction     {RawStores.DuckDbAppender(folder, Math.Max(events, 100_000)),10:N0} rows/s");
        foreach ((int batch, int rows) in ((int, int)[])[(1, Math.Min(events, 2_000)), (50, events), (500, events)])
        {
            Line($"bare SQLite insert, {batch,3} rows a transaction           {RawStores.SqliteInsert(folder, rows, batch),10:N0} rows/s");
        }

        foreach ((int batch, int sent) in ((int, int)[])[(1, events / 5), (50, events), (500, events)])
        {
            await RunAsync(Path.Combine(folder, $"batch-{batch}"), batch, sent / batch * batch, cancellationToken);
        }
    }

    private static async Task RunAsync(string folder, int batch, int events, CancellationToken cancellationToken)
    {
        await using IngestServer server = await IngestServer.StartAsync(folder, cancellationToken);
        using FreshnessMeter freshness = new();
        EventSender sender = new(server.Port, Connections);
        int warm = Math.Max(batch * 4, 2_000);
        await sender.SendAsync(new EventBodies("warm", Shoppers).Requests(warm, batch, TimeProvider.System.GetUtcNow()), cancellationToken);
        await freshness.WaitForAsync(warm, cancellationToken);
        server.Stages.Reset();
        byte[][] requests = new EventBodies("run", Shoppers).Requests(events, batch, TimeProvider.System.GetUtcNow());
        long started = Stopwatch.GetTimestamp();
        await sender.SendAsync(requests, cancellationToken);
        double accepted = Stopwatch.GetElapsedTime(started).TotalSeconds;
        await freshness.WaitForAsync(warm + events, cancellationToken);
        double visible = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Line($"whole path, batches of {batch,3}, {Connections} connections: {events / visible,10:N0} events/s in warehouse and features; {events / accepted,10:N0} events/s accepted and durable ({events:N0} events)");
        server.Stages.Print();
    }

    private static void Line(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
