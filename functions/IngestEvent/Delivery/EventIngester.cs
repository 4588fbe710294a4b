using Aisle.Events;
using Aisle.Events.Wire;
using Aisle.IngestEvent.Features;
using Aisle.IngestEvent.Products;
using Aisle.Ports;

namespace Aisle.IngestEvent.Delivery;

/// <summary>Writes delivered events to the warehouse and into their shoppers' session features. Both are idempotent, so
/// a second delivery does no harm.</summary>
/// <param name="queue">Where messages are parked that are no events.</param>
/// <param name="warehouse">The history.</param>
/// <param name="features">The session features.</param>
/// <param name="products">Tells whether the shop has what an event names.</param>
/// <param name="clock">When something was parked or became visible.</param>
/// <param name="metrics">Counts what came through.</param>
public sealed class EventIngester(
    IEventQueue queue, IEventWarehouse warehouse, FeatureUpdater features, KnownProducts products, TimeProvider clock, IngestMetrics metrics)
{
    /// <summary>Handles one batch. When it returns, everything in it is durable and may be acknowledged.</summary>
    /// <exception cref="TimeoutException">Other writers were faster too often; deliver again.</exception>
    /// <exception cref="StoreUnavailableException">A store cannot take it now; deliver again.</exception>
    public async Task<IngestOutcome> IngestAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
    {
        AppendedBatch batch = await AppendAsync(messages, cancellationToken);
        await ShowAsync(batch, cancellationToken);
        return batch.Outcome;
    }

    /// <summary>The first half: parks what is no event and appends the rest to the history. Nothing may be acknowledged before
    /// <see cref="ShowAsync"/> has done the second.</summary>
    /// <exception cref="StoreUnavailableException">A store cannot take it now; deliver again.</exception>
    public async Task<AppendedBatch> AppendAsync(IReadOnlyList<LeasedMessage> messages, CancellationToken cancellationToken)
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

        AppendOutcome appended = await warehouse.AppendAsync(events, cancellationToken);
        metrics.Ingested(events.Count - (appended.Duplicates ?? 0), appended.Duplicates ?? 0, poison.Count);
        return new AppendedBatch(events, appended, new IngestOutcome(messages.Count, appended.Duplicates, poison.Count));
    }

    /// <summary>The second half: the session features follow what the history keeps, and what was measured is counted.</summary>
    /// <exception cref="TimeoutException">Other writers were faster too often; deliver again.</exception>
    /// <exception cref="StoreUnavailableException">A store cannot take it now; deliver again.</exception>
    public async Task ShowAsync(AppendedBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (batch.Events.Count == 0)
        {
            return;
        }

        await features.UpdateAsync(batch.Kept(), batch.Appended.Restated ?? [], cancellationToken);
        DateTimeOffset now = clock.GetUtcNow();
        foreach (InteractionEvent written in batch.Events)
        {
            metrics.Visible(now - written.OccurredAt);
        }

        await products.CountAsync(batch.Events, cancellationToken);
    }

    /// <summary>Writes events that are already decoded: the importers' way in. Neither their freshness nor their join rate is counted,
    /// since a backfill says nothing of the live path.</summary>
    /// <exception cref="TimeoutException">Other writers were faster too often; write again.</exception>
    /// <exception cref="StoreUnavailableException">A store cannot take it now; write again.</exception>
    public async Task<AppendOutcome> WriteAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        AppendOutcome appended = await warehouse.AppendAsync(events, cancellationToken);
        AppendedBatch batch = new(events, appended, new IngestOutcome(events.Count, appended.Duplicates, 0));
        await features.UpdateAsync(batch.Kept(), appended.Restated ?? [], cancellationToken);
        return appended;
    }
}
