using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent;

/// <summary>Writes delivered events to the warehouse and into their shoppers' session features. Both are idempotent, so a second delivery does no harm.</summary>
/// <param name="queue">Where messages are parked that are no events.</param>
/// <param name="warehouse">The history.</param>
/// <param name="profiles">The session features.</param>
/// <param name="clock">When something was parked or became visible.</param>
/// <param name="metrics">Counts what came through.</param>
public sealed class EventIngester(
    IEventQueue queue, IEventWarehouse warehouse, IProfileStore profiles, TimeProvider clock, IngestMetrics metrics)
{
    private const int MaxAttempts = 20;

    /// <summary>Handles one batch. When it returns, everything in it is durable and may be acknowledged.</summary>
    /// <exception cref="TimeoutException">Other writers were faster too often; deliver again.</exception>
    public async Task<IngestOutcome> IngestAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<InteractionEvent> events = new(messages.Count);
        List<ParkedMessage> poison = [];
        foreach (LeasedMessage message in messages)
        {
            if (EventWire.TryDecode(message.Data.Span, out string? reason) is { } decoded)
            {
                events.Add(decoded);
            }
            else
            {
                poison.Add(new ParkedMessage(message.MessageId, message.Data, message.Attributes, reason!, clock.GetUtcNow()));
            }
        }

        if (poison.Count > 0)
        {
            await queue.ParkAsync(poison, cancellationToken);
        }

        AppendOutcome appended = await WriteAsync(events, cancellationToken);
        metrics.Ingested(events.Count - (appended.Duplicates ?? 0), appended.Duplicates ?? 0, poison.Count);
        return new IngestOutcome(messages.Count, appended.Duplicates, poison.Count);
    }

    /// <summary>Writes events that are already decoded: the importers' way in.</summary>
    /// <exception cref="TimeoutException">Other writers were faster too often; write again.</exception>
    public async Task<AppendOutcome> WriteAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (events.Count == 0)
        {
            return default;
        }

        AppendOutcome appended = await warehouse.AppendAsync(events, cancellationToken);
        await UpdateProfilesAsync(events, cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        foreach (InteractionEvent written in events)
        {
            metrics.Visible(now - written.OccurredAt);
        }

        return appended;
    }

    private async Task UpdateProfilesAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        Dictionary<UserId, InteractionEvent[]> pending = events
            .Where(e => e.User is not null)
            .GroupBy(e => e.User!.Value)
            .ToDictionary(group => group.Key, group => group.ToArray());
        for (int attempt = 0; pending.Count > 0; attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new TimeoutException($"{pending.Count} session features changed under us {MaxAttempts} times; deliver the batch again.");
            }

            IReadOnlyList<UserId> refused = await TryUpdateAsync(pending, cancellationToken);
            pending = refused.ToDictionary(user => user, user => pending[user]);
        }
    }

    private async Task<IReadOnlyList<UserId>> TryUpdateAsync(
        Dictionary<UserId, InteractionEvent[]> pending, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(pending.Keys, cancellationToken);
        List<ProfileWrite> writes = new(pending.Count);
        foreach ((UserId user, InteractionEvent[] events) in pending)
        {
            Versioned<ShopperProfile>? present = known.GetValueOrDefault(user);
            writes.Add(new ProfileWrite(SessionFeatures.Merge(present?.Value, user, events)!, present?.Tag));
        }

        return await profiles.WriteAsync(writes, cancellationToken);
    }
}
