using System.CommandLine;

namespace Aisle.Benchmarks.Ingest;

/// <summary><c>ingest</c>: how fast, how fresh, how steady.</summary>
internal static class IngestCommand
{
    /// <summary>The command.</summary>
    public static Command Make()
    {
        Option<int> events = new("--events") { Description = "How many events each measurement of speed sends.", DefaultValueFactory = _ => 100_000 };
        Command command = new("ingest", "Events per second through the whole ingest path, freshness under load, memory over time.") { events };
        command.SetAction(async (parsed, token) =>
        {
            string folder = Directory.CreateTempSubdirectory("aisle-ingest-").FullName;
            try
            {
                await ThroughputBenchmark.RunAsync(folder, parsed.GetValue(events), token);
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        });
        return command;
    }
}
