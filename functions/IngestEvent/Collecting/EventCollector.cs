using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Ports;
using Aisle.Privacy;

namespace Aisle.IngestEvent.Collecting;

/// <summary>Validates a batch, pseudonymises it and publishes what is valid. When it answers, the accepted events
/// survive the death of the process.</summary>
/// <param name="queue">Where accepted events go.</param>
/// <param name="pseudonymizer">Makes pseudonyms of raw user ids.</param>
/// <param name="clock">Says what is too old or too new.</param>
/// <param name="metrics">Counts what came in.</param>
public sealed class EventCollector(IEventQueue queue, Pseudonymizer pseudonymizer, TimeProvider clock, IngestMetrics metrics)
{
    private readonly EventRules _rules = new(EventLimits.Collector, pseudonymizer.UserOf);

    /// <summary>Handles one batch of wire events.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; some events may have been published, and
    /// sending them again does no harm.</exception>
    public async Task<CollectOutcome> CollectAsync(CollectEventsRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        DateTimeOffset now = clock.GetUtcNow();
        List<QueueMessage> messages = new(request.Events.Count);
        List<RejectedEvent> rejected = [];
        HashSet<EventId> seen = [];
        int duplicates = 0;
        for (int index = 0; index < request.Events.Count; index++)
        {
            List<EventFault> faults = [];
            RawEvent raw = RawEventJson.Read(request.Events[index], faults);
            if (_rules.Accept(raw, now, faults) is not { } accepted)
            {
                rejected.Add(new RejectedEvent(index, raw.EventId, faults));
            }
            else if (seen.Add(accepted.Id))
            {
                messages.Add(new QueueMessage(EventWire.Encode(accepted), EventWire.Attributes));
            }
            else
            {
                duplicates++;
            }
        }

        if (messages.Count > 0)
        {
            await queue.PublishAsync(messages, cancellationToken);
        }

        metrics.Collected(messages.Count, duplicates, rejected.Count);
        return new CollectOutcome(messages.Count, duplicates, rejected);
    }
}
