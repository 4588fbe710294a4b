using System.Collections.Concurrent;
using System.Globalization;
using Google.Cloud.PubSub.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Servers.PubSub;

/// <summary>Topics and pull subscriptions in memory: at least once, an unacknowledged message comes again when
/// its deadline has passed.</summary>
internal sealed class MessageBroker(TimeProvider clock)
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Delivery>> _subscriptions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _topics = new(StringComparer.Ordinal);
    private int _lastId;

    private readonly ConcurrentQueue<(string Topic, PubsubMessage Message)> _published = new();

    /// <summary>Everything that was published to a topic, in order.</summary>
    public IReadOnlyList<PubsubMessage> Published(string project, string topic) =>
        [.. _published.Where(published => published.Topic == $"projects/{project}/topics/{topic}").Select(published => published.Message)];

    /// <summary>Makes a topic with one subscription.</summary>
    public void Create(string topic, string subscription)
    {
        lock (_gate)
        {
            _topics[topic] = subscription;
            _subscriptions[subscription] = [];
        }
    }

    /// <summary>Whether there is such a topic.</summary>
    public bool Has(string topic)
    {
        lock (_gate)
        {
            return _topics.ContainsKey(topic);
        }
    }

    public IReadOnlyList<string> Publish(string topic, IReadOnlyList<PubsubMessage> messages)
    {
        lock (_gate)
        {
            if (!_topics.TryGetValue(topic, out string? subscription))
            {
                throw new RpcException(new Status(StatusCode.NotFound, $"Resource not found (resource={topic})."));
            }

            foreach (PubsubMessage message in messages)
            {
                message.MessageId = NextId();
                message.PublishTime = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
                _published.Enqueue((topic, message));
                _subscriptions[subscription].Add(new Delivery(message));
            }

            return [.. messages.Select(message => message.MessageId)];
        }
    }

    public IReadOnlyList<ReceivedMessage> Pull(string subscription, int maxMessages)
    {
        lock (_gate)
        {
            Delivery[] due = [.. Of(subscription).Where(delivery => delivery.InvisibleUntil <= clock.GetUtcNow()).Take(maxMessages)];
            foreach (Delivery delivery in due)
            {
                delivery.AckId = NextId();
                delivery.Attempt++;
                delivery.InvisibleUntil = clock.GetUtcNow() + DefaultDeadline;
            }

            return [.. due.Select(delivery => new ReceivedMessage
            {
                AckId = delivery.AckId, Message = delivery.Message, DeliveryAttempt = delivery.Attempt,
            })];
        }
    }

    /// <summary>An acknowledgement that comes after the deadline is ignored.</summary>
    public void Acknowledge(string subscription, IReadOnlyCollection<string> ackIds)
    {
        lock (_gate)
        {
            Of(subscription).RemoveAll(delivery => IsHeld(delivery, ackIds));
        }
    }

    public void Modify(string subscription, IReadOnlyCollection<string> ackIds, int seconds)
    {
        lock (_gate)
        {
            foreach (Delivery delivery in Of(subscription).Where(delivery => IsHeld(delivery, ackIds)))
            {
                delivery.InvisibleUntil = clock.GetUtcNow() + TimeSpan.FromSeconds(seconds);
            }
        }
    }

    private bool IsHeld(Delivery delivery, IReadOnlyCollection<string> ackIds) =>
        delivery.AckId is { } ackId && ackIds.Contains(ackId) && delivery.InvisibleUntil > clock.GetUtcNow();

    private List<Delivery> Of(string subscription) => _subscriptions.TryGetValue(subscription, out List<Delivery>? deliveries)
        ? deliveries
        : throw new RpcException(new Status(StatusCode.NotFound, $"Resource not found (resource={subscription})."));

    private string NextId() => (++_lastId).ToString("D12", CultureInfo.InvariantCulture);

    private sealed class Delivery(PubsubMessage message)
    {
        public PubsubMessage Message { get; } = message;

        public string? AckId { get; set; }

        public int Attempt { get; set; }

        public DateTimeOffset InvisibleUntil { get; set; } = DateTimeOffset.MinValue;
    }
}
