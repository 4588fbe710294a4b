using System.Text;
using Aisle.GoogleCloud.PubSub;
using Aisle.Ports;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.PubSub;

public sealed class PubSubEventQueueTests : GoogleTest
{
    private static readonly Dictionary<string, string> None = [];

    private PubSubEventQueue Queue => field ??= Connect(Google.Options);

    [Fact]
    public async Task More_messages_than_one_request_takes_are_all_published_with_their_attributes()
    {
        QueueMessage[] messages = [.. Enumerable.Range(0, 1_500).Select(i => Message($"{i}"))];

        await Queue.PublishAsync(messages, Token);

        Assert.Equal(
            messages.Select(message => Encoding.UTF8.GetString(message.Data.Span)),
            Google.PubSub.Broker.Published.Select(message => message.Data.ToStringUtf8()));
        Assert.All(Google.PubSub.Broker.Published, message => Assert.Equal("t1", message.Attributes["trace"]));
    }

    [Fact]
    public async Task Large_messages_are_spread_over_requests()
    {
        QueueMessage[] messages = [.. Enumerable.Range(0, 25).Select(_ => new QueueMessage(new byte[1024 * 1024], None))];

        await Queue.PublishAsync(messages, Token);

        Assert.Equal(25, Google.PubSub.Broker.Published.Count);
    }

    [Fact]
    public async Task Publishing_survives_a_passing_fault()
    {
        Google.PubSub.Faults.Add("Publish", StatusCode.Unavailable);

        await Queue.PublishAsync([Message("a")], Token);

        Assert.Single(Google.PubSub.Broker.Published);
    }

    [Fact]
    public async Task Leasing_without_a_subscription_says_which_variable_to_set()
    {
        PubSubEventQueue queue = Connect(Google.Options with { EventsSubscription = null });

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => queue.LeaseAsync(1, TimeSpan.FromSeconds(30), Token));

        Assert.Contains("AISLE_EVENTS_SUBSCRIPTION", refused.Message);
    }

    private static PubSubEventQueue Connect(GoogleOptions options) => new(
        GoogleClients.Publisher(options), GoogleClients.Subscriber(options), GoogleClients.BigQuery(options), options, Impatient);

    private static QueueMessage Message(string body) => new(Encoding.UTF8.GetBytes(body), new Dictionary<string, string> { ["trace"] = "t1" });
}
