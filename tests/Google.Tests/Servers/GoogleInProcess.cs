using System.Globalization;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Tests.Servers.BigQuery;
using Aisle.GoogleCloud.Tests.Servers.Firestore;
using Aisle.GoogleCloud.Tests.Servers.PubSub;
using Aisle.Testing;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Tests.Servers;

/// <summary>Firestore, Pub/Sub and BigQuery in this process; as many shops as are asked for, each in a project of its own.</summary>
internal sealed class GoogleInProcess : IAsyncDisposable
{
    private readonly TemporaryFolder _mounts = new();
    private int _shops;

    private GoogleInProcess(FirestoreServer firestore, PubSubServer pubSub, BigQueryServer bigQuery)
    {
        Firestore = firestore;
        PubSub = pubSub;
        BigQuery = bigQuery;
    }

    public FirestoreServer Firestore { get; }

    public PubSubServer PubSub { get; }

    public BigQueryServer BigQuery { get; }

    /// <summary>Starts the three.</summary>
    /// <param name="clock">The servers' clock: deadlines and update times count by it.</param>
    public static async Task<GoogleInProcess> StartAsync(TimeProvider clock) =>
        new(await FirestoreServer.StartAsync(clock), await PubSubServer.StartAsync(clock), await BigQueryServer.StartAsync(clock));

    /// <summary>Makes a shop that has its topics, its subscription and its tables.</summary>
    /// <returns>As an entry point reads them; pages are short, so that each longer answer is paged.</returns>
    public async Task<GoogleOptions> NewShopAsync()
    {
        string project = string.Create(CultureInfo.InvariantCulture, $"aisle-test-{Interlocked.Increment(ref _shops)}");
        GoogleOptions options = new()
        {
            ProjectId = project,
            Dataset = project.Replace('-', '_'),
            EventsTopic = "events",
            EventsSubscription = "events-pull",
            AlertsTopic = "alerts",
            ModelsFolder = Directory.CreateDirectory(_mounts.File(project)).FullName,
            QueryPageRows = 3,
            FirestoreEmulator = Firestore.Address,
            PubSubEmulator = PubSub.Address,
            BigQueryEmulator = BigQuery.Address,
        };
        PubSub.Broker.Create($"projects/{project}/topics/events", $"projects/{project}/subscriptions/events-pull");
        PubSub.Broker.Create($"projects/{project}/topics/alerts", $"projects/{project}/subscriptions/alerts-pull");
        BigQuery.CreateDataset(options.Dataset);
        using BigQueryClient client = GoogleClients.BigQuery(options);
        await WarehouseSchema.CreateAsync(client, options, CancellationToken.None);
        return options;
    }

    public async ValueTask DisposeAsync()
    {
        await Firestore.DisposeAsync();
        await PubSub.DisposeAsync();
        await BigQuery.DisposeAsync();
        _mounts.Dispose();
    }
}
