using Aisle.GoogleCloud.Alerts;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Bucket;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.Ports;
using Google.Cloud.Firestore;
using Google.Cloud.PubSub.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.GoogleCloud;

/// <summary>Plugs Google's services into the ports.</summary>
public static class GoogleServices
{
    /// <summary>Registers the adapters. The host registers the <see cref="TimeProvider"/>.</summary>
    /// <param name="services">The container.</param>
    /// <param name="options">From <see cref="GoogleOptionsReader"/>.</param>
    public static IServiceCollection AddGoogleStores(this IServiceCollection services, GoogleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return services
            .AddSingleton(options)
            .AddSingleton(_ => GoogleClients.BigQuery(options))
            .AddSingleton(_ => GoogleClients.Firestore(options))
            .AddSingleton(_ => GoogleClients.Publisher(options))
            .AddSingleton(_ => GoogleClients.Subscriber(options))
            .AddSingleton<IEventQueue, PubSubEventQueue>()
            .AddSingleton<IEventWarehouse, BigQueryWarehouse>()
            .AddSingleton<IProfileStore, FirestoreProfileStore>()
            .AddSingleton<ICandidateStore>(provider => new FirestoreCandidateStore(
                provider.GetRequiredService<FirestoreDb>(), provider.GetRequiredService<TimeProvider>(), options.ListWriters))
            .AddSingleton<ICatalogueStore, FirestoreCatalogueStore>()
            .AddSingleton<IAvailabilityOverlay, FirestoreAvailabilityOverlay>()
            .AddSingleton<IPriceHistory, FirestorePriceHistory>()
            .AddSingleton<IExperimentStore, FirestoreExperimentStore>()
            .AddSingleton<IRuleStore, FirestoreRuleStore>()
            .AddSingleton<IRunStore, FirestoreRunStore>()
            .AddSingleton<BigQuerySlateLog>()
            .AddSingleton<ISlateLog>(provider => options.SlatesTopic is { } topic
                ? new PubSubSlateLog(provider.GetRequiredService<PublisherServiceApiClient>(), options.ProjectId, topic)
                : provider.GetRequiredService<BigQuerySlateLog>())
            .AddSingleton<IExposureLog, BigQueryExposureLog>()
            .AddSingleton<IModelStore>(_ => new BucketModelStore(options.ModelsFolder, Path.Combine(Path.GetTempPath(), "aisle-models")))
            .AddSingleton<IAlertSink, CloudAlertSink>();
    }
}
