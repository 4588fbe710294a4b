namespace Aisle.Benchmarks.Serving;

/// <summary>What a load came to.</summary>
/// <param name="Requests">How many were answered.</param>
/// <param name="RequestsPerSecond">Answers per second over all connections.</param>
/// <param name="P50">Median latency, milliseconds.</param>
/// <param name="P99">99th percentile, milliseconds.</param>
/// <param name="P999">99.9th percentile, milliseconds.</param>
internal sealed record LoadResult(int Requests, double RequestsPerSecond, double P50, double P99, double P999)
{
    /// <summary>The processor time that the server used for each request; 0 where that was not measured.</summary>
    public double ProcessorMicroseconds { get; init; }

    /// <summary>Sums latencies up.</summary>
    public static LoadResult From(double[] milliseconds, TimeSpan elapsed)
    {
        Array.Sort(milliseconds);
        return new LoadResult(milliseconds.Length, milliseconds.Length / elapsed.TotalSeconds, At(milliseconds, 0.5), At(milliseconds, 0.99), At(milliseconds, 0.999));
    }

    /// <summary>The median round by requests per second: one slow round does not decide.</summary>
    public static LoadResult Median(IEnumerable<LoadResult> rounds)
    {
        LoadResult[] sorted = [.. rounds.OrderBy(round => round.RequestsPerSecond)];
        return sorted[sorted.Length / 2];
    }

    private static double At(double[] sorted, double share) => sorted[(int)(share * (sorted.Length - 1))];
}
