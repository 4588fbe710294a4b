using Aisle.Alerts;
using Aisle.Http;
using Aisle.RetrainTrigger.Drift;
using Aisle.RetrainTrigger.Erasure;
using Aisle.RetrainTrigger.Features;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Models;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.RetrainTrigger;

/// <summary>Plugs the function into a host.</summary>
public static class RetrainTriggerServices
{
    /// <summary>Registers the endpoint and what it needs beyond the ports, the clock and the keys.</summary>
    public static IServiceCollection AddRetrainTrigger(this IServiceCollection services, RetrainOptions options) => services
        .AddSingleton(options)
        .AddSingleton<TrainingReader>()
        .AddSingleton<HoldoutReader>()
        .AddSingleton<HoldoutComparison>()
        .AddSingleton<RecipeTuner>()
        .AddSingleton<RecipeChooser>()
        .AddSingleton<ContentSteps>()
        .AddSingleton<CatalogueWatch>()
        .AddSingleton<TrainingSteps>()
        .AddSingleton<ModelPublisher>()
        .AddSingleton<BatchFeatures>()
        .AddSingleton<FeatureRefresher>()
        .AddSingleton<Episodes>()
        .AddSingleton<EpisodeAlerts>()
        .AddSingleton(options.Drift)
        .AddSingleton<DriftWatch>()
        .AddSingleton<DriftAlarm>()
        .AddSingleton<DriftRoutes>()
        .AddSingleton<PromotionGate>()
        .AddSingleton<RunLedger>()
        .AddSingleton<RunFolders>()
        .AddSingleton<GateKeeper>()
        .AddSingleton<StepWorker>()
        .AddSingleton<Retrainer>()
        .AddSingleton<IRunWorker>(provider => provider.GetRequiredService<Retrainer>())
        .AddSingleton<RunLauncher>()
        .AddSingleton<ModelShelf>()
        .AddSingleton<ModelRoutes>()
        .AddSingleton<FreshnessGuard>()
        .AddSingleton<OverrideEraser>()
        .AddSingleton<UserEraser>()
        .AddSingleton<ErasureRoute>()
        .AddSingleton<RetrainTriggerEndpoint>()
        .AddSingleton<IEndpoint>(provider => provider.GetRequiredService<RetrainTriggerEndpoint>());
}
