using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Tests.Servers.BigQuery;
using Aisle.GoogleCloud.Tests.Servers.Firestore;
using Aisle.GoogleCloud.Tests.Servers.PubSub;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Tests.Servers;

/// <summary>Firestore, Pub/Sub and BigQuery in this process, with the shop's topic, subscription and tables, and the options that lead to them.</summary>
internal sealed class GoogleInProcess : IAsyncDisposable
{
    private GoogleInProcess(FirestoreServer firestore, PubSubServer pubSub, BigQueryServer bigQuery)
    {
        Firestore = firestore;
        PubSub = pubSub;
        BigQuery = bigQuery;
        Options = new GoogleOptions
        {
            ProjectId = "aisle-test",
            Dataset = "aisle",
            EventsTopic = "events",
            EventsSubscription = "events-pull",
            QueryPageRows = 3,
            FirestoreEmulator = firestore.Address,
            PubSubEmulator = pubSub.Address,
            BigQueryEmulator = bigQuery.Address,
        };
    }

    public FirestoreServer Firestore { get; }

    public PubSubServer PubSub { get; }

    public BigQueryServer BigQuery { get; }

    /// <summary>As an entry point reads them; pages are short, so that each longer answer is paged.</summary>
    public GoogleOptions Options { get; }

    /// <summary>Starts the three.</summary>
    /// <param name="clock">The servers' clock: deadlines and update times count by it.</param>
    public static async Task<GoogleInProcess> StartAsync(TimeProvider clock)
    {
        GoogleInProcess google = new(await FirestoreServer.StartAsync(clock), await PubSubServer.StartAsync(clock), await BigQueryServer.StartAsync("aisle"));
        google.PubSub.Broker.Create("projects/aisle-test/topics/events", "projects/aisle-test/subscriptions/events-pull");
        using BigQueryClient client = GoogleClients.BigQuery(google.Options);
        await WarehouseSchema.CreateAsync(client, google.Options, CancellationToken.None);
        return google;
    }

    public async ValueTask DisposeAsync()
    {
        await Firestore.DisposeAsync();
        await PubSub.DisposeAsync();
        await BigQuery.DisposeAsync();
    }
}
