using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Aisle.Benchmarks.Speed;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local;
using Aisle.Local.DuckDb;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Benchmarks.Training;

/// <summary><c>retrain</c>: a whole run over a made-up history in the embedded stores: the time of each step, peak memory, and how fast
/// candidate lists are written beside a bare insert.</summary>
internal static class RetrainBenchmark
{
    /// <summary>Adds the command.</summary>
    public static void AddTo(RootCommand root)
    {
        Option<int> users = new("--users") { Description = "How many shoppers.", DefaultValueFactory = _ => 20_000 };
        Option<int> products = new("--products") { Description = "How many products.", DefaultValueFactory = _ => 5_000 };
        Option<long> interactions = new("--events") { Description = "How many events.", DefaultValueFactory = _ => 1_000_000 };
        Option<string> data = new("--data") { Description = "An empty folder, or one that a run before has filled; it is not removed.", DefaultValueFactory = _ => Directory.CreateTempSubdirectory("aisle-retrain-").FullName };
        Option<TuningSchedule> tuning = new("--tuning") { Description = "How often settings are learnt: off is what six nights of seven are.", DefaultValueFactory = _ => TuningSchedule.Weekly };
        Command command = new("retrain", "Time and memory of a whole retrain.") { users, products, interactions, data, tuning };
        command.SetAction((parsed, token) => RunAsync(
            parsed.GetRequiredValue(data), parsed.GetValue(users), parsed.GetValue(products), parsed.GetValue(interactions), parsed.GetValue(tuning), token));
        root.Subcommands.Add(command);
    }

    private static async Task RunAsync(string folder, int users, int products, long interactions, TuningSchedule tuning, CancellationToken cancellationToken)
    {
        using Workspace workspace = Workspace.TryOpen(folder) ?? throw new IOException($"{folder} is held by another process.");
        await using ServiceProvider services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(new Pseudonymizer(new byte[32]))
            .AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System })
            .AddRetrainTrigger(new RetrainOptions { RunsFolder = workspace.RunsFolder, Tuning = tuning })
            .AddSingleton<IRunStore>(provider => new StepMeter(new SqliteRunStore(provider.GetRequiredService<SqliteDatabase>())))
            .BuildServiceProvider();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{users:N0} shoppers, {products:N0} products, {interactions:N0} "
            + $"events, {Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0:0.0} GiB, in {folder}"));
        if (await services.GetRequiredService<ICatalogueStore>().FindAsync(ProductOf(0).Id, cancellationToken) is null)
        {
            await FillAsync(services, users, products, interactions, cancellationToken);
        }

        Machine.ForgetPeak();
        Run run = ((TriggerOutcome.Started)await services.GetRequiredService<RunLedger>().TriggerAsync(isForced: true, cancellationToken)).Run;
        run = await services.GetRequiredService<Retrainer>().RunAsync(run.Id, cancellationToken);
        Print(run);
        await ListWriting.CompareAsync(services.GetRequiredService<ICandidateStore>(), run.ModelVersion, workspace.Folder, cancellationToken);
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
        using Process self = Process.GetCurrentProcess();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{run.State} after {(run.EndedAt - run.StartedAt)?.TotalSeconds:0} s; peak memory {Machine.PeakMebibytes() / 1024:0.00} GiB, "
            + $"{self.TotalProcessorTime.TotalSeconds:0} processor seconds with making the history. {string.Join(' ', run.Reasons)}"));
    }
}
