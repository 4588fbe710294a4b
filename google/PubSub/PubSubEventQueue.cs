using Aisle.Events;
using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Google.Api.Gax;
using Google.Api.Gax.Grpc;
using Google.Cloud.BigQuery.V2;
using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>The event queue on Pub/Sub. Functions only publish and park, since Pub/Sub pushes to them; leasing is for a worker with a pull
/// subscription. What cannot be processed is parked in BigQuery, where an analyst finds it.</summary>
public sealed class PubSubEventQueue : IEventQueue
{
    private const string ParkedTable = "parked_messages_raw";
    private const int LeaseIdsPerRequest = 1000;

    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan WaitForMessages = TimeSpan.FromSeconds(5);

    private readonly PublisherServiceApiClient _publisher;
    private readonly SubscriberServiceApiClient _subscriber;
    private readonly TopicName _topic;
    private readonly SubscriptionName? _subscription;
    private readonly RowAppender _parked;

    /// <summary>Uses a topic, a subscription and a dataset.</summary>
    /// <param name="publisher">One per process.</param>
    /// <param name="subscriber">One per process; not used without a subscription.</param>
    /// <param name="bigQuery">Where messages are parked.</param>
    /// <param name="options">Which of each.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public PubSubEventQueue(
        PublisherServiceApiClient publisher, SubscriberServiceApiClient subscriber, BigQueryClient bigQuery, GoogleOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        _publisher = publisher;
        _subscriber = subscriber;
        _topic = new TopicName(options.ProjectId, options.EventsTopic);
        _subscription = options.EventsSubscription is { } id ? new SubscriptionName(options.ProjectId, id) : null;
        _parked = new RowAppender(bigQuery, options.Dataset, clock);
    }

    /// <inheritdoc/>
    public async Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        foreach (IReadOnlyList<PubsubMessage> batch in PublishBatches.Of(messages))
        {
            await _publisher.PublishAsync(_topic, batch, cancellationToken);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No subscription is configured.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The lease is longer than the ten minutes that Pub/Sub grants.</exception>
    public async Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lease, LongestLease);
        IReadOnlyList<ReceivedMessage> received = await PullAsync(limit, cancellationToken);
        await HoldAsync([.. received.Select(message => message.AckId)], lease, cancellationToken);
        return [.. received.Select(ToLeased)];
    }

    /// <inheritdoc/>
    public async Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken)
    {
        foreach (string[] batch in leaseIds.Chunk(LeaseIdsPerRequest))
        {
            await _subscriber.AcknowledgeAsync(Subscription, batch, cancellationToken);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Pub/Sub delays at most ten minutes; longer delays are cut to that.</remarks>
    public Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken) =>
        HoldAsync(leaseIds, delay > LongestLease ? LongestLease : delay, cancellationToken);

    /// <inheritdoc/>
    /// <remarks>The subscription's own retry policy counts, delays and dead-letters; the reason goes to no store.</remarks>
    public Task RetryAsync(IReadOnlyCollection<FailedDelivery> failures, CancellationToken cancellationToken) =>
        HoldAsync([.. failures.Select(failure => failure.LeaseId)], TimeSpan.Zero, cancellationToken);

    /// <inheritdoc/>
    public Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return _parked.AppendAsync(ParkedTable, [.. messages.Select(ParkedRow.Of)], cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Pub/Sub does not let anybody look into what it holds; its subscription drops what nobody took after the days that Terraform
    /// sets. What is parked lies in BigQuery and is erased with the history.</remarks>
    public Task<int> EraseAsync(UserId user, CancellationToken cancellationToken) => Task.FromResult(0);

    private SubscriptionName Subscription => _subscription
        ?? throw new InvalidOperationException("Leasing needs a pull subscription: set AISLE_EVENTS_SUBSCRIPTION to one of the events topic.");

    private async Task<IReadOnlyList<ReceivedMessage>> PullAsync(int limit, CancellationToken cancellationToken)
    {
        CallSettings brief = CallSettings.FromExpiration(Expiration.FromTimeout(WaitForMessages)).WithCancellationToken(cancellationToken);
        try
        {
            PullRequest request = new() { SubscriptionAsSubscriptionName = Subscription, MaxMessages = Math.Min(limit, LeaseIdsPerRequest) };
            return (await _subscriber.PullAsync(request, brief)).ReceivedMessages;
        }
        catch (Exception late) when (late is RpcException { StatusCode: StatusCode.DeadlineExceeded } || (late is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return []; // nothing came while we waited
        }
    }

    private async Task HoldAsync(IReadOnlyCollection<string> leaseIds, TimeSpan time, CancellationToken cancellationToken)
    {
        foreach (string[] batch in leaseIds.Chunk(LeaseIdsPerRequest))
        {
            await _subscriber.ModifyAckDeadlineAsync(Subscription, batch, (int)Math.Ceiling(time.TotalSeconds), cancellationToken);
        }
    }

    /// <summary>Without a dead-letter policy Pub/Sub counts no attempts and says 0.</summary>
    private static LeasedMessage ToLeased(ReceivedMessage received) => new(
        received.AckId,
        received.Message.MessageId,
        received.Message.Data.Memory,
        received.Message.Attributes,
        Math.Max(1, received.DeliveryAttempt));
}
