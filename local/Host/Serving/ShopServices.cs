using System.Buffers.Binary;
using System.Security.Cryptography;
using Aisle.AbReport;
using Aisle.Host.DeadLetters;
using Aisle.Host.Exporting;
using Aisle.Host.Importing;
using Aisle.Host.Limits;
using Aisle.Host.Metrics;
using Aisle.Host.Retention;
using Aisle.Host.Scheduling;
using Aisle.Host.State;
using Aisle.Host.Training;
using Aisle.Http;
using Aisle.IngestEvent;
using Aisle.IngestEvent.Delivery;
using Aisle.Local;
using Aisle.Local.Retention;
using Aisle.Local.Workspaces;
using Aisle.Privacy;
using Aisle.Redis;
using Aisle.RetrainTrigger;
using Aisle.RetrainTrigger.Runs;
using Aisle.ScoreUser;

namespace Aisle.Host.Serving;

/// <summary>Plugs the functions and the embedded stores together.</summary>
internal static class ShopServices
{
    /// <summary>Registers everything that a shop on one machine needs.</summary>
    public static IServiceCollection AddShop(this IServiceCollection services, Workspace workspace, ScoreUserOptions score)
    {
        KeyFile keys = KeyFile.LoadOrCreate(workspace.Folder);
        ScheduleOptions schedule = ScheduleOptions.Load(workspace.Folder);
        return services
            .AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System, Retention = new RetentionOptions { Days = schedule.RetentionDays }, OnAlert = AlertLog.Of })
            .AddCandidateCache(Environment.GetEnvironmentVariable("AISLE_REDIS"))
            .AddSingleton<IEndpoint, DescriptionEndpoint>() // before the functions, each of which describes itself alone
            .AddAnswerCompression()
            .AddSingleton(keys)
            .AddSingleton(keys.ToApiKeys())
            .AddSingleton(new Pseudonymizer(keys.PseudonymBytes()))
            .AddIngestEvent(ApiRole.Operator)
            .AddAbReport(new AbReportOptions { CustomMetrics = MetricsFile.Load(workspace.Folder) })
            .AddRetrainTrigger(RetrainOptionsOf(workspace))
            .AddSingleton<ChildRetrainer>()
            .AddSingleton<IRunWorker>(provider => provider.GetRequiredService<ChildRetrainer>())
            .AddScoreUser(Following(score, RetrainFile.Load(workspace.Folder)))
            .AddIngestWorker(new IngestWorkerOptions())
            .AddSingleton<CatalogueImport>()
            .AddSingleton<ShopperImport>()
            .AddSingleton<ExperimentImport>()
            .AddSchedule(workspace, schedule)
            .AddSingleton<DatasetImport>()
            .AddSingleton<ImportEndpoint>()
            .AddSingleton<BrowserScriptEndpoint>()
            .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<CollectEventsEndpoint>())
            .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<ImportEndpoint>())
            .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<BrowserScriptEndpoint>())
            .AddRequestLimits(RequestLimits.Load(workspace.Folder))
            .AddSingleton<MeterRecorder>()
            .AddSingleton<IEndpoint, MetricsEndpoint>()
            .AddSingleton<IEndpoint, DeadLetterEndpoint>()
            .AddSingleton<IEndpoint, RetentionEndpoint>()
            .AddSingleton<KnownShoppers>()
            .AddSingleton<SlateExporter>()
            .AddSingleton<ExportEndpoint>()
            .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<ExportEndpoint>())
            .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<IngestEventEndpoint>())
            .AddSingleton<EndpointDispatcher>();
    }

    /// <summary>How slates are made here: each start has chance of its own.</summary>
    public static ScoreUserOptions ScoreUserOptionsOf() => new() { Seed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(8)) };

    /// <summary>How models are trained here, in the host and in its child.</summary>
    /// <exception cref="Cli.UsageException"><c>retrain.json</c> cannot be used.</exception>
    public static RetrainOptions RetrainOptionsOf(Workspace workspace)
    {
        RetrainFile file = RetrainFile.Load(workspace.Folder);
        return new RetrainOptions
        {
            RunsFolder = workspace.RunsFolder,
            RunsInBackground = true,
            Heartbeat = TimeSpan.FromSeconds(2), // the store is near, and a cancellation is heeded as soon
            Recipe = file.Recipe,
            Tuning = file.Tuning,
            TuningBudget = TimeSpan.FromMinutes(file.TuningMinutes),
            HoldoutDays = file.HoldoutDays,
            MinJudgedUsers = file.MinJudgedUsers,
            MaxDrop = file.MaxDrop,
            MaxShrink = file.MaxShrink,
            MaxCoverageDrop = file.MaxCoverageDrop,
            KeptModels = file.KeptModels,
            MaxModelAge = TimeSpan.FromHours(file.MaxModelAgeHours),
            Shadow = file.Shadow,
            Drift = file.Drift,
        };
    }

    // Who serves fuses as the trainer was told to, unless the model brings weights of its own.
    private static ScoreUserOptions Following(ScoreUserOptions score, RetrainFile file) => score with
    {
        Hybrid = file.Recipe.Hybrid,
        StaleAfter = TimeSpan.FromHours(file.MaxModelAgeHours),
        FallsBackWhenStale = file.FallBackWhenStale,
    };

    // Runs only in a host that listens, like the pump of the queue.
    private static IServiceCollection AddSchedule(this IServiceCollection services, Workspace workspace, ScheduleOptions schedule) => services
        .AddSingleton<ShopJobs>()
        .AddHostedService(provider => new Scheduler(
            provider.GetRequiredService<ShopJobs>().Of(schedule),
            schedule.Zone(),
            new ScheduleMemory(Path.Combine(workspace.Folder, "schedule-state.json")),
            TimeProvider.System,
            provider.GetRequiredService<ILogger<Scheduler>>()));
}
