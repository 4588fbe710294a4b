using System.CommandLine;

namespace Aisle.Benchmarks.Ingest;

/// <summary><c>ingest</c>: how fast, how fresh, how steady.</summary>
internal static class IngestCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        Option<int> events = new("--events") { Description = "How many events each measurement of speed sends.", DefaultValueFactory = _ => 100_000 };
        Option<int> rate = new("--rate") { Description = "Events per second of freshness and soak.", DefaultValueFactory = _ => 1_000 };
        Option<double?> soak = new("--soak") { Description = "Instead of all else: so many minutes at the rate, with memory over time." };
        Command command = new("ingest", "Events per second through the whole ingest path, freshness under load, memory over time.") { events, rate, soak };
        command.SetAction((parsed, token) => RunAsync(parsed.GetValue(events), parsed.GetValue(rate), parsed.GetValue(soak), token));
        return command;
    }

    private static async Task RunAsync(int events, int rate, double? soakMinutes, CancellationToken cancellationToken)
    {
        string folder = Directory.CreateTempSubdirectory("aisle-ingest-").FullName;
        try
        {
            if (soakMinutes is { } minutes)
            {
                await FreshnessBenchmark.SoakAsync(folder, rate, TimeSpan.FromMinutes(minutes), cancellationToken);
                return;
            }

            await ThroughputBenchmark.RunAsync(folder, events, cancellationToken);
            await FreshnessBenchmark.RunAsync(Path.Combine(folder, "freshness"), rate, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
