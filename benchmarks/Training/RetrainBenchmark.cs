using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local;
using Aisle.Local.DuckDb;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Benchmarks.Training;

/// <summary><c>retrain</c>: a whole run over a made-up history in the embedded stores: the time of each step, peak memory, and how fast candidate lists are written beside a bare insert.</summary>
internal static class RetrainBenchmark
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root)
    {
        Option<int> users = new("--users") { Description = "How many shoppers.", DefaultValueFactory = _ => 20_000 };
        Option<int> products = new("--products") { Description = "How many products.", DefaultValueFactory = _ => 5_000 };
        Option<long> interactions = new("--events") { Description = "How many events.", DefaultValueFactory = _ => 1_000_000 };
        Option<string> data = new("--data") { Description = "An empty folder; it is not removed.", DefaultValueFactory = _ => Directory.CreateTempSubdirectory("aisle-retrain-").FullName };
        Command command = new("retrain", "Time and memory of a whole retrain.") { users, products, interactions, data };
        command.SetAction((parsed, token) => RunAsync(parsed.GetRequiredValue(data), parsed.GetValue(users), parsed.GetValue(products), parsed.GetValue(interactions), token));
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(string folder, int users, int products, long interactions, CancellationToken cancellationToken)
    {
        using Workspace workspace = Workspace.TryOpen(folder) ?? throw new IOException($"{folder} is held by another process.");
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new Pseudonymizer(new byte[32]))
            .AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System })
            .AddRetrainTrigger(new RetrainOptions { RunsFolder = workspace.RunsFolder })
            .BuildServiceProvider();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{users:N0} shoppers, {products:N0} products, {interactions:N0} events, {Environment.ProcessorCount} processors, in {folder}"));
        await FillAsync(services, users, products, interactions, cancellationToken);
        Run run = ((TriggerOutcome.Started)await services.GetRequiredService<RunLedger>().TriggerAsync(isForced: true, cancellationToken)).Run;
        run = await services.GetRequiredService<Retrainer>().RunAsync(run.Id, cancellationToken);
        Print(run);
        await CompareWritingAsync(services, run, workspace.Folder, cancellationToken);
    }

    // Popular products are touched more: a uniform number raised to a power falls on low indexes. Everything follows from the row's number.
    private static async Task FillAsync(ServiceProvider services, int users, int products, long interactions, CancellationToken cancellationToken)
    {
        foreach (int[] some in Enumerable.Range(0, products).Chunk(5_000))
        {
            await services.GetRequiredService<ICatalogueStore>().UpsertAsync([.. some.Select(ProductOf)], cancellationToken);
        }

        using var connection = services.GetRequiredService<DuckDbDatabase>().Open();
        DuckDbDatabase.Run(connection, string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO interaction_events (event_id, user_id, event_type, product_id, event_timestamp, ingested_at, quantity, order_id)
            SELECT 'e' || CAST(i AS VARCHAR), 'u' || printf('%07d', CAST(u AS BIGINT)), CASE WHEN i % 20 = 0 THEN 'purchase' WHEN i % 5 = 0 THEN 'click' ELSE 'view' END,
              'p' || printf('%06d', CAST(floor(pow(r, 2.2) * {products / 8}) * 8 + u % 8 AS BIGINT) % {products}), moment, moment,
              CASE WHEN i % 20 = 0 THEN 1 END, CASE WHEN i % 20 = 0 THEN 'o' || CAST(i // 40 AS VARCHAR) END
            FROM (SELECT i, hash(i * 7 + 1) % {users} AS u, (hash(i * 13 + 5) % 1000000) / 1000000.0 AS r,
                now() - to_seconds(CAST(hash(i * 31 + 3) % {80 * 86_400} AS BIGINT)) AS moment FROM range({interactions}) AS t(i))
            """));
    }

    private static Product ProductOf(int index) => new()
    {
        Id = new ProductId(string.Create(CultureInfo.InvariantCulture, $"p{index:000000}")),
        Title = string.Create(CultureInfo.InvariantCulture, $"Thing {index % 97} of kind {index % 8} by maker {index % 311}"),
        Category = string.Create(CultureInfo.InvariantCulture, $"kind {index % 8}"),
        PriceMinor = 500 + (index * 37 % 20_000),
        Currency = "EUR",
    };

    private static void Print(Run run)
    {
        foreach (RunStep step in run.Steps)
        {
            TimeSpan? took = step.EndedAt - step.StartedAt;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{step.Name,-12} {step.State,-8} {took?.TotalSeconds,10:0.0} s   {string.Join(", ", step.Counts.Where(_ => step.Name is not (StepNames.Evaluation or StepNames.Gate)).Select(count => $"{count.Key} {count.Value:0}"))}"));
        }

        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.State} after {(run.EndedAt - run.StartedAt)?.TotalSeconds:0} s; peak memory {self.PeakWorkingSet64 / 1048576.0 / 1024:0.00} GiB. {string.Join(' ', run.Reasons)}"));
    }

    // Lists of one batch over and over, through the store and by a bare prepared insert of the same bytes, in turns and into files of their own.
    private static async Task CompareWritingAsync(ServiceProvider services, Run run, string folder, CancellationToken cancellationToken)
    {
        const int Lists = 500;
        const int Batches = 40;
        List<CandidateList> lists = [];
        for (int user = 0; lists.Count < Lists && user < 100 * Lists; user++)
        {
            UserId id = new(string.Create(CultureInfo.InvariantCulture, $"u{user:0000000}"));
            if (await services.GetRequiredService<ICandidateStore>().ReadAsync(run.ModelVersion, id, cancellationToken) is { } list)
            {
                lists.Add(list);
            }
        }

        byte[][] payloads = [.. lists.Select(CandidateListBytes.Write)];
        using SqliteDatabase database = new(Path.Combine(folder, "store-writes.sqlite"), isDurable: true, SqliteCandidateStore.Schema);
        SqliteCandidateStore store = new(database);
        using SqliteConnection bare = new($"Data Source={Path.Combine(folder, "bare-writes.sqlite")};Pooling=False");
        bare.Open();
        Execute(bare, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE lists (version TEXT NOT NULL, user_id TEXT NOT NULL, payload BLOB NOT NULL)");
        TimeSpan storeTook = TimeSpan.Zero;
        TimeSpan bareTook = TimeSpan.Zero;
        for (int batch = 0; batch < Batches; batch++)
        {
            string version = string.Create(CultureInfo.InvariantCulture, $"v{batch:000}");
            long started = Stopwatch.GetTimestamp();
            await store.WriteAsync(version, lists, cancellationToken);
            storeTook += Stopwatch.GetElapsedTime(started);
            started = Stopwatch.GetTimestamp();
            Insert(bare, version, lists, payloads);
            bareTook += Stopwatch.GetElapsedTime(started);
        }

        double total = (double)Batches * lists.Count;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"candidate lists written: store {total / storeTook.TotalSeconds:N0} lists/s, bare batched insert {total / bareTook.TotalSeconds:N0} lists/s, share {bareTook / storeTook:P0}"));
    }

    private static void Insert(SqliteConnection bare, string version, List<CandidateList> lists, byte[][] payloads)
    {
        using SqliteTransaction transaction = bare.BeginTransaction();
        using SqliteCommand insert = bare.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT INTO lists VALUES ($version, $user, $payload)";
        SqliteParameter[] parameters = [insert.Parameters.Add("$version", SqliteType.Text), insert.Parameters.Add("$user", SqliteType.Text), insert.Parameters.Add("$payload", SqliteType.Blob)];
        parameters[0].Value = version;
        for (int i = 0; i < lists.Count; i++)
        {
            parameters[1].Value = lists[i].User.Value;
            parameters[2].Value = payloads[i];
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
