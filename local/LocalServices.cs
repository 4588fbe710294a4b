using Aisle.Local.DuckDb;
using Aisle.Local.Retention;
using Aisle.Local.Sqlite;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Local;

/// <summary>Plugs the stores of one machine into a host.</summary>
public static class LocalServices
{
    private const string StateSchema =
        SqliteProfileStore.Schema + SqliteCandidateStore.Schema + SqliteCatalogueStore.Schema + SqliteAvailabilityOverlay.Schema
        + SqlitePriceHistory.Schema + SqliteExperimentStore.Schema;

    /// <summary>Registers every port, the workspace and its clock. The databases are opened on first use and closed with the container;
    /// the workspace stays the caller's.</summary>
    public static IServiceCollection AddLocalStores(this IServiceCollection services, Workspace workspace, LocalOptions options)
    {
        ArgumentNullException.ThrowIfNull(workspace);
        ArgumentNullException.ThrowIfNull(options);
        WorkspaceClock clock = new(options.WallClock, workspace.Info.AsOf);
        services.AddSingleton(workspace);
        services.AddSingleton(clock);
        services.AddSingleton<TimeProvider>(clock);
        services.AddSingleton(_ => new DuckDbDatabase(workspace.WarehouseFile, options.WarehouseThreads, options.WallClock));
        services.AddSingleton(_ => new SqliteDatabase(workspace.StateFile, isDurable: true, StateSchema));
        services.AddSingleton(_ => new QueueFile(workspace.QueueFile));
        services.AddSingleton(provider => new SqliteEventQueue(provider.GetRequiredService<QueueFile>().Database, options.WallClock, options.Queue));
        services.AddSingleton<IEventQueue>(provider => provider.GetRequiredService<SqliteEventQueue>());
        services.AddSingleton<IEventWarehouse, DuckDbEventWarehouse>();
        services.AddSingleton<IExposureLog, DuckDbExposureLog>();
        services.AddSingleton<ISlateLog, DuckDbSlateLog>();
        services.AddSingleton<IProfileStore, SqliteProfileStore>();
        services.AddSingleton<ICandidateStore, SqliteCandidateStore>();
        services.AddSingleton<ICatalogueStore, SqliteCatalogueStore>();
        services.AddSingleton<IAvailabilityOverlay, SqliteAvailabilityOverlay>();
        services.AddSingleton<IPriceHistory, SqlitePriceHistory>();
        services.AddSingleton<IExperimentStore, SqliteExperimentStore>();
        services.AddSingleton<IRuleStore>(_ => new FileRuleStore(Path.Combine(workspace.Folder, "rules.json")));
        services.AddSingleton<IRunStore, SqliteRunStore>();
        services.AddSingleton<IModelStore>(_ => new FileModelStore(workspace.ModelsFolder));
        services.AddSingleton(options.Retention);
        services.AddSingleton<RetentionSweeper>();
        services.AddSingleton<IAlertSink>(provider => new FileAlertSink(Path.Combine(workspace.Folder, "alerts.jsonl"), options.OnAlert(provider)));
        return services;
    }

    /// <summary>The queue's own file, apart from the state, so that their writers do not wait for each other.</summary>
    private sealed class QueueFile(string path) : IDisposable
    {
        /// <summary>Opened anew, nobody holds a lease: what a dead process had leased is to be had at once.</summary>
        public SqliteDatabase Database { get; } = new(path, isDurable: true, SqliteEventQueue.Schema + SqliteEventQueue.ForgetLeases);

        public void Dispose() => Database.Dispose();
    }
}
