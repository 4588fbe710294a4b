namespace Aisle.Ports;

/// <summary>The durable queue between the collector and the event function: at least once, in no promised order.</summary>
public interface IEventQueue
{
    /// <summary>Publishes a batch. When the task completes, every message survives the death of the process.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; some messages may have been published.</exception>
    Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken);

    /// <summary>Takes up to <paramref name="limit"/> messages into the caller's hands for <paramref name="lease"/>; empty when there are none.</summary>
    Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken);

    /// <summary>Says that these deliveries are done with; an expired or unknown lease is ignored.</summary>
    Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken);

    /// <summary>Gives deliveries back, to come again after <paramref name="delay"/>.</summary>
    Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken);

    /// <summary>Keeps messages that cannot be processed. Parking a message twice keeps it once.</summary>
    Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken);
}
