using Aisle.GoogleCloud;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Start;
using Aisle.GoogleCloud.Training;
using Aisle.Http;
using Aisle.Redis;
using Aisle.RetrainTrigger.Steps;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>Plugs Google's services into the retrainer. A run's files lie on the bucket, so that another instance resumes what a killed one
/// has begun; each tick works within the time that Scheduler waits for its answer.</summary>
public sealed class RetrainTriggerStartup : FunctionsStartup
{
    /// <summary>Scheduler gives up after 30 minutes; the step that is under way at the end of this time is finished first.</summary>
    private static readonly TimeSpan TimePerTick = TimeSpan.FromMinutes(8);

    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        GoogleOptions google = GoogleOptionsReader.Read(context.Configuration);
        Needs alerts = google.AlertsTopic is null ? Needs.None : Needs.PublishesAlerts;
        Needs shards = google.TrainsInBigQuery ? Needs.PublishesShards : Needs.None;
        services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(ApiKeysReader.Read(context.Configuration))
            .AddSingleton(PseudonymKeyReader.Read(context.Configuration))
            .AddSingleton<ModelAgeLog>()
            .AddGoogleStores(google)
            .AddStartChecks(Needs.Documents | Needs.ReadsWarehouse | Needs.WritesWarehouse | Needs.Models | alerts | shards)
            .AddCandidateCache(context.Configuration["AISLE_REDIS"])
            .AddRetrainTrigger(new RetrainOptions
            {
                RunsFolder = Path.Combine(google.ModelsFolder, ".runs"),
                TimePerTrigger = TimePerTick,
                Tuning = TuningScheduleReader.Read(context.Configuration["AISLE_TUNING"]),
            });
        if (google.TrainsInBigQuery)
        {
            services
                .AddSingleton(new TrainingOptions
                {
                    Shards = google.Shards,
                    Content = google.Content,
                    Connection = google.TextConnection,
                    SearchedShare = google.SearchedShare,
                })
                .AddSingleton<WarehouseTrainer>()
                .AddSingleton<CandidateExport>()
                .AddSingleton<FirestoreShardLedger>()
                .AddSingleton<ShardPublisher>()
                .AddSingleton<ShardRoute>()
                .AddSingleton<IListWriter, WarehouseListWriter>();
        }
    }

    /// <inheritdoc/>
    public override void Configure(WebHostBuilderContext context, IApplicationBuilder app) => app.UseStoreFaults(PassingFaults.Is);
}
