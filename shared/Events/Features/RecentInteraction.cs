namespace Aisle.Events.Features;

/// <summary>One of a shopper's latest interactions, as kept in the session features.</summary>
/// <param name="Id">The event's id: a redelivered event is recognised by it.</param>
/// <param name="Product">What was touched.</param>
/// <param name="Type">What was done.</param>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Session">The visit; null when the sender knew none.</param>
public sealed record RecentInteraction(
    EventId Id, ProductId Product, EventType Type, DateTimeOffset OccurredAt, SessionId? Session)
{
    /// <summary>When the event was accepted, UTC: of two acts under one id the one accepted first counts. Null in documents of earlier
    /// versions, which counts as before all.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
}
