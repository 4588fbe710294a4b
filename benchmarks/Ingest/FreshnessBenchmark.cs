using System.Globalization;
using Aisle.Local.DuckDb;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Benchmarks.Ingest;

/// <summary>From the act to the visible feature at a fixed rate, and, over a longer time, what memory does meanwhile.</summary>
internal static class FreshnessBenchmark
{
    private const int Shoppers = 5_000;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Sample = TimeSpan.FromSeconds(20);

    /// <summary>Freshness of 20 seconds.</summary>
    public static async Task RunAsync(string folder, int eventsPerSecond, CancellationToken cancellationToken)
    {
        await using IngestServer server = await IngestServer.StartAsync(folder, cancellationToken);
        using FreshnessMeter freshness = new();
        OpenLoop load = new(server.Port, new EventBodies("fresh", Shoppers), eventsPerSecond);
        await load.RunAsync(WarmUp, cancellationToken);
        await freshness.WaitForAsync(load.Sent, cancellationToken);
        freshness.Take();
        await load.RunAsync(Sample, cancellationToken);
        await freshness.WaitForAsync(load.Sent, cancellationToken);
        double[] seconds = freshness.Take();
        Line($"freshness at {eventsPerSecond:N0} events/s, open loop, one event a request, {Sample.TotalSeconds:0} s: {Percentiles(seconds)} ({seconds.Length:N0} events)");
    }

    /// <summary>A long run: a line a step, and at the end how memory changed over the second half.</summary>
    public static async Task SoakAsync(string folder, int eventsPerSecond, TimeSpan duration, CancellationToken cancellationToken)
    {
        await using IngestServer server = await IngestServer.StartAsync(folder, cancellationToken);
        using FreshnessMeter freshness = new();
        EngineMemory engines = new(server.Services.GetRequiredService<DuckDbDatabase>());
        OpenLoop load = new(server.Port, new EventBodies("soak", Shoppers), eventsPerSecond);
        TimeSpan step = TimeSpan.FromSeconds(Math.Clamp(duration.TotalSeconds / 30, 5, 60));
        Line($"soak: {duration.TotalMinutes:0.#} minutes at {eventsPerSecond:N0} events/s; memory is of the process with server and senders");
        List<(double Minutes, double Megabytes)> memory = [];
        for (TimeSpan elapsed = step; elapsed <= duration; elapsed += step)
        {
            await load.RunAsync(step, cancellationToken);
            double resident = Environment.WorkingSet / 1e6;
            memory.Add((elapsed.TotalMinutes, resident));
            double heap = GC.GetTotalMemory(forceFullCollection: false) / 1e6;
            Line($"  {elapsed.TotalMinutes,6:0.0} min {load.Sent,12:N0} events   resident {resident,6:0} MB   managed {heap,5:0} MB   {engines.Read()}   {Percentiles(freshness.Take())}");
        }

        await freshness.WaitForAsync(load.Sent, cancellationToken);
        (double, double)[] half = [.. memory.Skip(memory.Count / 2)];
        Line($"soak: resident memory over the second half: {half.Min(m => m.Item2):0} to {half.Max(m => m.Item2):0} MB, trend {Slope(half):+0.00;-0.00} MB a minute; all {load.Sent:N0} events visible");
    }

    private static string Percentiles(double[] seconds) => seconds.Length == 0
        ? "nothing became visible"
        : string.Create(CultureInfo.InvariantCulture, $"p50 {At(seconds, 0.5),4:0} ms, p99 {At(seconds, 0.99),4:0} ms, most {At(seconds, 1),4:0} ms");

    private static double At(double[] sorted, double share) => 1000 * sorted[(int)(share * (sorted.Length - 1))];

    /// <summary>Least squares.</summary>
    private static double Slope((double X, double Y)[] points)
    {
        double x = points.Average(p => p.X);
        double y = points.Average(p => p.Y);
        double spread = points.Sum(p => (p.X - x) * (p.X - x));
        return spread > 0 ? points.Sum(p => (p.X - x) * (p.Y - y)) / spread : 0;
    }

    private static void Line(FormattableString text)
    {
        Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
        Console.Out.Flush();
    }
}
