using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent.Delivery;

/// <summary>A batch that is in the history, and not yet in the session features.</summary>
/// <param name="Events">As they were delivered, repeats included.</param>
/// <param name="Appended">What the history said.</param>
/// <param name="Outcome">What the batch came to.</param>
public sealed record AppendedBatch(IReadOnlyList<InteractionEvent> Events, AppendOutcome Appended, IngestOutcome Outcome)
{
    /// <summary>The events as the history keeps them, each id once. A copy with another content under a known id is not among them:
    /// features that took it would not agree with the history.</summary>
    /// <remarks>Where the engine cannot say what it keeps, it keeps the copy that was accepted first; of this
    /// batch's copies that one is taken.</remarks>
    public IReadOnlyCollection<InteractionEvent> Kept()
    {
        Dictionary<EventId, InteractionEvent> kept = new(Events.Count);
        foreach (InteractionEvent delivered in Events)
        {
            InteractionEvent present = Appended.Kept?.GetValueOrDefault(delivered.Id) ?? delivered;
            if (!kept.TryGetValue(present.Id, out InteractionEvent? other) || EventCopies.Precedes(present, other))
            {
                kept[present.Id] = present;
            }
        }

        return kept.Values;
    }
}
