using Aisle.Events;

namespace Aisle.Ports;

/// <summary>What an append came to.</summary>
/// <param name="Received">How many events were handed over.</param>
/// <param name="Duplicates">How many of them were known already; null where the engine deduplicates later and cannot say yet.</param>
/// <param name="Kept">For each event id that came more than once, the one event that the history keeps under it, which may
/// differ from the copy that was handed over; null where the engine cannot say. What is derived from events follows these, or
/// it would not agree with the history.</param>
/// <param name="Restated">The shoppers from whose history an event was taken away under one of these ids, now or by an
/// append whose effects may not have been seen to; what is derived from their events is made anew from these. Null where
/// there are none or the engine cannot say.</param>
public readonly record struct AppendOutcome(
    int Received, int? Duplicates, IReadOnlyDictionary<EventId, InteractionEvent>? Kept = null, IReadOnlyList<RestatedHistory>? Restated = null);
