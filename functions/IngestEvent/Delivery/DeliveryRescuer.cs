using Aisle.Ports;

namespace Aisle.IngestEvent.Delivery;

/// <summary>Sees to the messages of a batch that failed. When a store failed, all go back and nothing counts against them. When
/// something else failed, the batch is halved until the messages that fail are found: those are tried again later, and parked in the
/// end, while the others go through.</summary>
/// <param name="queue">Takes messages back.</param>
/// <param name="ingester">Tries the halves.</param>
public sealed class DeliveryRescuer(IEventQueue queue, EventIngester ingester)
{
    private const int MaxFailuresWithoutSuccess = 32;

    /// <summary>Whether the fault is one of a store and not of a message.</summary>
    public static bool IsStoreFault(Exception fault) =>
        fault is StoreUnavailableException or IOException or TimeoutException or HttpRequestException or OperationCanceledException;

    /// <summary>Brings each message where it belongs.</summary>
    /// <param name="messages">The batch that failed.</param>
    /// <param name="fault">With what it failed.</param>
    /// <param name="cancellationToken">Gives up; what is still leased comes again.</param>
    /// <returns>True when the batch is seen to; false when a store failed, so that the caller had better wait.</returns>
    public async Task<bool> RescueAsync(IReadOnlyList<LeasedMessage> messages, Exception fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Search search = new();
        if (!IsStoreFault(fault))
        {
            await search.FailAsync(messages, fault, TryAsync, cancellationToken);
        }

        if (search.Succeeded.Count > 0)
        {
            await queue.AcknowledgeAsync([.. search.Succeeded.Select(message => message.LeaseId)], CancellationToken.None);
        }

        if (search.StoreFault is null && !IsStoreFault(fault) && (search.Succeeded.Count > 0 || messages.Count == 1))
        {
            await queue.RetryAsync(search.Failed, CancellationToken.None);
            return true;
        }

        await queue.ReleaseAsync([.. messages.Except(search.Succeeded).Select(message => message.LeaseId)], TimeSpan.Zero, CancellationToken.None);
        return false;
    }

    private async Task<Exception?> TryAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        try
        {
            await ingester.IngestAsync(messages, cancellationToken);
            return null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return fault; // the search answers it: it halves the batch or stops
        }
    }

    private sealed class Search
    {
        private int _failures;

        public List<LeasedMessage> Succeeded { get; } = [];

        public List<FailedDelivery> Failed { get; } = [];

        public Exception? StoreFault { get; private set; }

        public async Task FailAsync(
            IReadOnlyList<LeasedMessage> messages, Exception fault, Func<IReadOnlyList<LeasedMessage>, CancellationToken, Task<Exception?>> tryAsync,
            CancellationToken cancellationToken)
        {
            if (messages.Count == 1)
            {
                Failed.Add(new FailedDelivery(messages[0].LeaseId, $"{fault.GetType().Name}: {fault.Message}"));
                return;
            }

            int half = messages.Count / 2;
            foreach (LeasedMessage[] part in new[] { messages.Take(half).ToArray(), [.. messages.Skip(half)] })
            {
                if (StoreFault is not null)
                {
                    return;
                }

                if (await tryAsync(part, cancellationToken) is not { } again)
                {
                    Succeeded.AddRange(part);
                }
                else if (IsStoreFault(again) || (++_failures > MaxFailuresWithoutSuccess && Succeeded.Count == 0))
                {
                    StoreFault = again;
                }
                else
                {
                    await FailAsync(part, again, tryAsync, cancellationToken);
                }
            }
        }
    }
}
