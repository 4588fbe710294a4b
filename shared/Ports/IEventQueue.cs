using Aisle.Events;

namespace Aisle.Ports;

/// <summary>The durable queue between the collector and the event function: at least once, in no promised order.</summary>
public interface IEventQueue
{
    /// <summary>Publishes a batch. When the task completes, every message survives the death of the process.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; some messages may have been published.</exception>
    /// <exception cref="StoreUnavailableException">The queue is full, locked or overloaded; nothing was published.</exception>
    Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> messages into the caller's hands for
    /// <paramref name="lease"/>; empty when there are none.</summary>
    Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Says that these deliveries are done with; an expired or unknown lease is ignored.</summary>
    Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken);

    /// <summary>Gives deliveries back that were not tried, to come again after <paramref name="delay"/>; it does not count as a failure of
    /// theirs, except where the service itself counts every delivery, as Pub/Sub does.</summary>
    Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Gives deliveries back whose processing failed: each message comes again after a delay that grows from failure to failure,
    /// until it has used up its deliveries and is parked.</summary>
    Task RetryAsync(IReadOnlyCollection<FailedDelivery> failures, CancellationToken cancellationToken);

    /// <summary>Keeps messages that cannot be processed. Parking a message twice keeps it once.</summary>
    Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken);

    /// <summary>Removes the messages that name a person, whether they wait or are parked. Doing it again removes nothing.</summary>
    /// <returns>How many were removed; 0 where the service cannot look into what it holds.</returns>
    /// <exception cref="ErasureDeferredException">Some were in somebody's hands and may still be ingested; they
    /// too are gone from the queue.</exception>
    Task<int> EraseAsync(UserId user, CancellationToken cancellationToken);
}
