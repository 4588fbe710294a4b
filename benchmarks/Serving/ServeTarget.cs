using System.Globalization;

namespace Aisle.Benchmarks.Serving;

/// <summary>One of the endpoints that <c>serve</c> compares.</summary>
/// <param name="Name">As it is printed.</param>
/// <param name="Process">What serves it.</param>
/// <param name="Load">Loads it.</param>
/// <param name="Requests">What it is asked, in turn.</param>
internal sealed record ServeTarget(string Name, ChildProcess Process, LoadGenerator Load, IReadOnlyList<byte[]> Requests)
{
    private readonly List<LoadResult> _rounds = [];

    /// <summary>The median round.</summary>
    public LoadResult Median => LoadResult.Median(_rounds);

    /// <summary>Loads the endpoint for a while, without counting it.</summary>
    public Task WarmUpAsync(TimeSpan duration, CancellationToken cancellationToken) => Load.RunAsync(Requests, duration, cancellationToken);

    /// <summary>Loads the endpoint for one round.</summary>
    public async Task RunAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        TimeSpan before = Process.ProcessorTime;
        LoadResult round = await Load.RunAsync(Requests, duration, cancellationToken);
        _rounds.Add(round with { ProcessorMicroseconds = (Process.ProcessorTime - before).TotalMicroseconds / round.Requests });
    }

    /// <summary>The median round as one line.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"  {Name,-28} {Median.RequestsPerSecond,9:N0} requests/s   p50 {Median.P50,7:0.00} ms   p99 {Median.P99,7:0.00} ms   p99.9 "
        + $"{Median.P999,7:0.00} ms   {Median.ProcessorMicroseconds,5:0} µs of the server's processors each");
}
