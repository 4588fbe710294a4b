using System.Text;
using Aisle.Events;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.PubSub;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Testing;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.PubSub;

/// <summary>What the contract suite does not ask: sizes, faults, and where parked messages are.</summary>
public sealed class PubSubEventQueueTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private PubSubEventQueue Queue => field ??= Connect(Options);

    private IEnumerable<string> Published => Google.PubSub.Broker.Published(Options.ProjectId, "events").Select(message => message.Data.ToStringUtf8());

    [Fact]
    public async Task More_messages_than_one_request_takes_are_all_published_in_order()
    {
        QueueMessage[] messages = [.. Enumerable.Range(0, 1_500).Select(i => Some.Message($"{i}"))];

        await Queue.PublishAsync(messages, Token);

        Assert.Equal(messages.Select(message => Encoding.UTF8.GetString(message.Data.Span)), Published);
    }

    [Fact]
    public async Task Large_messages_are_spread_over_requests()
    {
        QueueMessage[] messages = [.. Enumerable.Range(0, 25).Select(_ => new QueueMessage(new byte[1024 * 1024], new Dictionary<string, string>()))];

        await Queue.PublishAsync(messages, Token);

        Assert.Equal(25, Published.Count());
    }

    [Fact]
    public async Task Publishing_survives_a_passing_fault()
    {
        Google.PubSub.Faults.Add("Publish", StatusCode.Unavailable);

        await Queue.PublishAsync([Some.Message()], Token);

        Assert.Single(Published);
    }

    [Fact]
    public async Task A_message_that_is_parked_twice_is_found_once_with_its_bytes_and_the_reason()
    {
        ParkedMessage parked = new("m1", new byte[] { 0, 255 }, new Dictionary<string, string> { ["trace"] = "t" }, "event_type: unknown", Some.Instant);
        await Queue.ParkAsync([parked], Token);
        await Queue.ParkAsync([parked], Token);
        PortableQuery<string> all = new(
            "parked", "SELECT message_id || ' ' || attributes || ' ' || reason || ' ' || TO_HEX(data) FROM parked_messages", [], row => row.Text(0)!);

        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        string found = Assert.Single(await warehouse.QueryAsync(all, new Dictionary<string, object>(), Token).ToListAsync(Token));

        Assert.Equal("m1 {\"trace\":\"t\"} event_type: unknown 00FF", found, ignoreCase: true);
    }

    [Fact]
    public async Task Who_is_erased_from_the_warehouse_has_no_parked_messages_there_either()
    {
        await Queue.ParkAsync([Parked("m1", "{\"user_id\":\"anna\"}"), Parked("m2", "{\"user_id\":\"berta\"}")], Token);
        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);

        IReadOnlyDictionary<string, long> removed = await warehouse.EraseAsync(new UserId("anna"), Token);

        Assert.Equal(1, removed["parked_messages"]);
        PortableQuery<string> all = new("parked", "SELECT message_id FROM parked_messages", [], row => row.Text(0)!);
        Assert.Equal("m2", Assert.Single(await warehouse.QueryAsync(all, new Dictionary<string, object>(), Token).ToListAsync(Token)));
    }

    [Fact]
    public async Task Leasing_without_a_subscription_says_which_variable_to_set()
    {
        PubSubEventQueue queue = Connect(Options with { EventsSubscription = null });

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => queue.LeaseAsync(1, TimeSpan.FromSeconds(30), Token));

        Assert.Contains("AISLE_EVENTS_SUBSCRIPTION", refused.Message);
    }

    private static ParkedMessage Parked(string id, string body) => new(id, Encoding.UTF8.GetBytes(body), new Dictionary<string, string>(), "why", Some.Instant);

    private static PubSubEventQueue Connect(GoogleOptions options) => new(
        GoogleClients.Publisher(options), GoogleClients.Subscriber(options), GoogleClients.BigQuery(options), options, Impatient);
}
