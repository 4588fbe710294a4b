using System.CommandLine;
using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using Aisle.AbReport;
using Aisle.Experiments;
using Aisle.Local.DuckDb;
using Aisle.Local.Sqlite;
using DuckDB.NET.Data;

namespace Aisle.Benchmarks.Reporting;

/// <summary><c>report</c>: how long a whole report takes beside the plain aggregation of the same events, in the same run.</summary>
internal static class ReportBenchmark
{
    private const string Key = "bench";

    // Mostly impressions: half a slate seen, a page or two.
    private const long EventsOfSession = 5;

    // One 10,000th of the history lies between two events of a session: two and a half minutes.
    private const long RowsBetween = 10_000;

    private const string SecondsOfHistory = "1555200.0";

    private static readonly DateTimeOffset Start = new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The command.</summary>
    public static Command Make()
    {
        Option<long> users = new("--users") { Description = "Visitors of the experiment.", DefaultValueFactory = _ => 1_000_000 };
        Option<long> events = new("--events") { Description = "Events.", DefaultValueFactory = _ => 10_000_000 };
        Option<int> runs = new("--runs") { Description = "How often each is timed, in turn.", DefaultValueFactory = _ => 3 };
        Option<string?> memory = new("--memory") { Description = "The most memory that DuckDB may take, such as 6GB; by default what it takes by itself." };
        Option<string?> folder = new("--folder") { Description = "Keep the warehouse in this folder and use it again when it is there." };
        Command command = new("report", "Time a report beside the plain aggregation of the same events.") { users, events, runs, memory, folder };
        command.SetAction((parsed, token) => RunAsync(
            parsed.GetValue(users), parsed.GetValue(events), parsed.GetValue(runs), parsed.GetValue(memory), parsed.GetValue(folder), token));
        return command;
    }

    private static async Task<int> RunAsync(long users, long events, int runs, string? memory, string? kept, CancellationToken cancellationToken)
    {
        DirectoryInfo folder = kept is null ? Directory.CreateTempSubdirectory("aisle-report-") : Directory.CreateDirectory(kept);
        try
        {
            string file = Path.Combine(folder.FullName, "warehouse.duckdb");
            if (!File.Exists(file))
            {
                Fill(file, users, events, memory);
            }

            using DuckDbDatabase database = new(file, 0, TimeProvider.System);
            Limit(file, memory);
            using SqliteDatabase state = new(Path.Combine(folder.FullName, "state.sqlite"), isDurable: false, SqliteExperimentStore.Schema + SqliteCatalogueStore.Schema);
            SqliteExperimentStore experiments = new(state);
            await experiments.TryWriteAsync(Experiment(), null, cancellationToken);
            using DuckDbEventWarehouse history = new(database);
            TimedWarehouse warehouse = new(history);
            AbReporter reporter = new(experiments, warehouse, new SqliteCatalogueStore(state), new EndClock(), new AbReportOptions());
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{users:N0} visitors, {events:N0} events, {new FileInfo(file).Length >> 20:N0} MiB"));
            List<double> ratios = [];
            for (int run = 0; run < runs; run++)
            {
                Spent few = await TimeAsync(token => PlainAsync(file, PlainQueries.OfFiveFigures, token), cancellationToken);
                Spent plain = await TimeAsync(token => PlainAsync(file, PlainQueries.OfAllMetrics, token), cancellationToken);
                Spent report = await TimeAsync(token => reporter.ReportAsync(Key, token), cancellationToken);
                ratios.Add(report.Seconds / plain.Seconds);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"plain {plain}, report {report}, ratio {report.Seconds / plain.Seconds:0.00} (processor {report.Processor / plain.Processor:0.00}); five figures only {few}; peak memory of the process {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB ({warehouse.Take()})"));
            }

            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"median ratio {ratios.Order().ElementAt(ratios.Count / 2):0.00} (target 1.3)"));
            return 0;
        }
        finally
        {
            if (kept is null)
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static async Task<Spent> TimeAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        TimeSpan processor = Process.GetCurrentProcess().TotalProcessorTime;
        long began = Stopwatch.GetTimestamp();
        await work(cancellationToken);
        return new Spent(Stopwatch.GetElapsedTime(began).TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds);
    }

    private static void Limit(string file, string? memory)
    {
        if (memory is not null)
        {
            using DuckDBConnection connection = new($"DataSource={file}");
            connection.Open();
            DuckDbDatabase.Run(connection, $"SET GLOBAL memory_limit = '{memory}'");
        }
    }

    private static async Task PlainAsync(string file, IReadOnlyList<string> statements, CancellationToken cancellationToken)
    {
        using DuckDBConnection connection = new($"DataSource={file}");
        connection.Open();
        foreach (string statement in statements)
        {
            using DuckDBCommand command = connection.CreateCommand();
            command.CommandText = statement;
            foreach ((string name, object value) in Parameters().Where(parameter => statement.Contains('$' + parameter.Name, StringComparison.Ordinal)))
            {
                command.Parameters.Add(new DuckDBParameter(name, value));
            }

            using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                // The rows are few; that they were made is what counts.
            }
        }
    }

    private static IEnumerable<(string Name, object Value)> Parameters() =>
        [("experiment", Key), ("from", Start), ("to", Start.AddDays(14)), ("before", Start.AddDays(-new AbReportOptions().PastDays))];

    // Deterministic: every column is a hash of the row's number. Rows are in the order of time, as a shop's history is; the events of a session lie a little apart, those of others between them.
    // One visitor in two is in each variant; 2 % of events are purchases.
    private static void Fill(string file, long users, long events, string? memory)
    {
        new DuckDbDatabase(file, 0, TimeProvider.System).Dispose();
        using DuckDBConnection connection = new($"DataSource={file}");
        connection.Open();
        if (memory is not null)
        {
            DuckDbDatabase.Run(connection, $"SET GLOBAL memory_limit = '{memory}'");
        }

        long apart = Math.Max(1, events / RowsBetween);
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = string.Create(CultureInfo.InvariantCulture,
            $"""
            INSERT INTO exposures SELECT '{Key}', 'v' || i, 'v' || i, CASE WHEN i % 2 = 0 THEN 'control' ELSE 'treatment' END,
              TIMESTAMPTZ '2026-01-05 00:00:00+00' + to_seconds(CAST(hash(i) % 864000 AS BIGINT)), NULL, NULL FROM range({users}) AS r(i);
            INSERT INTO interaction_events
            SELECT 'e' || i, 'v' || visitor, 'v' || visitor, type, 'p' || (h % 50000), happened, happened + to_seconds(1), 's' || session, CASE WHEN visitor % 3 = 0 THEN 'desktop' ELSE 'mobile' END, 'home',
              CASE WHEN type = 'page_view' THEN CAST(300 + (h % 2500) AS BIGINT) END, NULL, NULL, NULL,
              CASE WHEN type = 'purchase' THEN CAST(500 + (h % 20000) AS BIGINT) END, CASE WHEN type = 'purchase' THEN 'EUR' END,
              CASE WHEN type = 'purchase' THEN 'o' || i END, CASE WHEN type IN ('impression', 'click') THEN 'slate' || (h % 1000000) END, NULL
            FROM (
              SELECT i, session, hash(i) AS h, hash(session) % {users} AS visitor,
                TIMESTAMPTZ '2026-01-01 00:00:00+00' + to_seconds(CAST({SecondsOfHistory} * i / {events} AS BIGINT)) AS happened,
                CASE WHEN hash(i + 3) % 100 < 60 THEN 'impression' WHEN hash(i + 3) % 100 < 80 THEN 'page_view' WHEN hash(i + 3) % 100 < 90 THEN 'view'
                  WHEN hash(i + 3) % 100 < 96 THEN 'click' WHEN hash(i + 3) % 100 < 98 THEN 'add_to_cart' ELSE 'purchase' END AS type
              FROM (SELECT i, (i // {EventsOfSession * apart}) * {apart} + i % {apart} AS session FROM range({events}) AS r(i)));
            CHECKPOINT;
            """);
        command.ExecuteNonQuery();
    }

    private static Experiment Experiment() => new()
    {
        Key = Key,
        Salt = Key,
        Variants = [new Variant("control", 0, 5_000, new Dictionary<string, string>()), new Variant("treatment", 5_000, 10_000, new Dictionary<string, string>())],
        StartsAt = Start,
        EndsAt = Start.AddDays(14),
        State = ExperimentState.Running,
    };

    /// <summary>Seconds on the clock, and seconds of all processors.</summary>
    private readonly record struct Spent(double Seconds, double Processor)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seconds:0.00} s ({Processor:0.00} s of processors)");
    }

    /// <summary>The instant at which the experiment has ended.</summary>
    private sealed class EndClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Start.AddDays(15);
    }
}
