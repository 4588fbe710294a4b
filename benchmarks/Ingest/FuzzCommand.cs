using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Fuzz;

namespace Aisle.Benchmarks.Ingest;

/// <summary><c>fuzz</c>: throws seeded inputs at decoder and validator.</summary>
internal static class FuzzCommand
{
    private const int Slice = 50_000;

    /// <summary>The command.</summary>
    public static Command Make()
    {
        Option<long> count = new("--inputs") { Description = "How many inputs.", DefaultValueFactory = _ => 1_000_000 };
        Option<ulong> seed = new("--seed") { Description = "What the inputs follow from.", DefaultValueFactory = _ => 1 };
        Command command = new("fuzz", "Throw inputs at the collector and the event function: no crash, no 5xx, no accepted garbage.") { count, seed };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(seed), parsed.GetValue(count), token));
        return command;
    }

    private static async Task<int> RunAsync(ulong seed, long count, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        FixedClock clock = new(new DateTimeOffset(2026, 1, 15, 12, 0, 0, TimeSpan.Zero));
        List<FuzzRun> runs = [];
        Lock sync = new();
        ParallelOptions options = new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, (int)((count + Slice - 1) / Slice)), options, async (slice, token) =>
        {
            FuzzRun run = await FuzzRun.ThrowAsync(seed, (long)slice * Slice, Math.Min(Slice, count - ((long)slice * Slice)), clock, token);
            lock (sync)
            {
                runs.Add(run);
            }
        });
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        long total = runs.Sum(run => run.ByStatus.Values.Sum());
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total:N0} inputs of seed {seed} in {seconds:0} s ({total / seconds:N0}/s)"));
        foreach (IGrouping<int, KeyValuePair<int, long>> status in runs.SelectMany(run => run.ByStatus).GroupBy(pair => pair.Key).OrderBy(group => group.Key))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {status.Key}: {status.Sum(pair => pair.Value),10:N0}"));
        }

        string[] failures = [.. runs.SelectMany(run => run.Failures)];
        Console.WriteLine(failures.Length == 0 ? "no crash, no 5xx, no accepted garbage" : string.Join('\n', failures.Take(20)));
        return failures.Length == 0 ? 0 : 1;
    }

    /// <summary>A clock that stands, so that the inputs' times stay valid.</summary>
    private sealed class FixedClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
