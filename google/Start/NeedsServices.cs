using Google.Cloud.BigQuery.V2;
using Google.Cloud.Firestore;
using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.GoogleCloud.Start;

/// <summary>Registers what a service tries before it serves.</summary>
public static class NeedsServices
{
    private const string Table = "interaction_events_raw";

    /// <summary>Has the host try each of a service's needs at start; comes after the stores.</summary>
    public static IServiceCollection AddStartChecks(this IServiceCollection services, Needs needs)
    {
        (Needs Need, Func<IServiceProvider, StartCheck> Check)[] all =
        [
            (Needs.Documents, Documents),
            (Needs.PublishesEvents, PublishesEvents),
            (Needs.WritesWarehouse, WritesWarehouse),
            (Needs.ReadsWarehouse, ReadsWarehouse),
            (Needs.Models, Models),
            (Needs.PublishesSlates, PublishesSlates),
            (Needs.PublishesAlerts, PublishesAlerts),
            (Needs.PublishesShards, PublishesShards),
        ];
        foreach ((_, Func<IServiceProvider, StartCheck> check) in all.Where(one => needs.HasFlag(one.Need)))
        {
            services.AddSingleton(check);
        }

        return services.AddHostedService<StartChecks>();
    }

    private static StartCheck Documents(IServiceProvider provider)
    {
        FirestoreDb database = provider.GetRequiredService<FirestoreDb>();
        return new StartCheck(
            $"read Firestore's database {database.DatabaseId}",
            "make the database, or correct AISLE_FIRESTORE_DATABASE, and give the service's account the role roles/datastore.user on the project.",
            async token =>
            {
                await database.Document("serving/manifest").GetSnapshotAsync(token);
                return true;
            });
    }

    private static StartCheck PublishesEvents(IServiceProvider provider) =>
        Publishes(provider, provider.GetRequiredService<GoogleOptions>().EventsTopic, "AISLE_EVENTS_TOPIC");

    private static StartCheck PublishesSlates(IServiceProvider provider) =>
        Publishes(provider, provider.GetRequiredService<GoogleOptions>().SlatesTopic!, "AISLE_SLATES_TOPIC");

    private static StartCheck PublishesAlerts(IServiceProvider provider) =>
        Publishes(provider, provider.GetRequiredService<GoogleOptions>().AlertsTopic!, "AISLE_ALERTS_TOPIC");

    private static StartCheck PublishesShards(IServiceProvider provider) =>
        Publishes(provider, provider.GetRequiredService<GoogleOptions>().ShardsTopic!, "AISLE_SHARDS_TOPIC");

    private static StartCheck Publishes(IServiceProvider provider, string topic, string variable)
    {
        PublisherServiceApiClient publisher = provider.GetRequiredService<PublisherServiceApiClient>();
        TestIamPermissionsRequest request = new()
        {
            ResourceAsResourceName = new TopicName(provider.GetRequiredService<GoogleOptions>().ProjectId, topic),
            Permissions = { "pubsub.topics.publish" },
        };
        return new StartCheck(
            $"publish to {topic}",
            $"make the topic, or correct {variable}, and give the service's account the role roles/pubsub.publisher on it.",
            async token => (await publisher.IAMPolicyClient.TestIamPermissionsAsync(request, token)).Permissions.Count == request.Permissions.Count);
    }

    private static StartCheck WritesWarehouse(IServiceProvider provider)
    {
        GoogleOptions options = provider.GetRequiredService<GoogleOptions>();
        BigQueryClient client = provider.GetRequiredService<BigQueryClient>();
        return new StartCheck(
            $"append to {options.Dataset}.{Table}",
            "make the tables of google/Sql, or correct AISLE_DATASET, and give the service's account the role roles/bigquery.dataEditor on the dataset.",
            async token => (await client.TestTableIamPermissionsAsync(options.Dataset, Table, ["bigquery.tables.updateData"], options: null, token)).Permissions is { Count: 1 });
    }

    private static StartCheck ReadsWarehouse(IServiceProvider provider)
    {
        GoogleOptions options = provider.GetRequiredService<GoogleOptions>();
        BigQueryClient client = provider.GetRequiredService<BigQueryClient>();
        QueryOptions dryRun = new() { DryRun = true, DefaultDataset = client.GetDatasetReference(options.Dataset) };
        return new StartCheck(
            $"query {options.Dataset}",
            "make the tables of google/Sql, or correct AISLE_DATASET, and give the service's account the roles roles/bigquery.jobUser on "
            + "the project and roles/bigquery.dataViewer on the dataset.",
            async token =>
            {
                await client.CreateQueryJobAsync("SELECT event_id FROM interaction_events LIMIT 1", parameters: null, dryRun, token);
                return true;
            });
    }

    private static StartCheck Models(IServiceProvider provider)
    {
        GoogleOptions options = provider.GetRequiredService<GoogleOptions>();
        return new StartCheck(
            $"read {options.ModelsFolder}",
            "mount the bucket of the model bundles there, or correct AISLE_MODELS_FOLDER, and give the service's account the role "
            + "roles/storage.objectViewer on the bucket.",
            _ => Task.FromResult(Directory.Exists(options.ModelsFolder)));
    }
}
