namespace Aisle.Events;

/// <summary>The place of an event in its shopper's history; orders events that happened at the same instant by their id, so that
/// order of arrival never matters.</summary>
/// <param name="OccurredAt">Event time, UTC.</param>
/// <param name="Event">Breaks ties.</param>
public readonly record struct EventStamp(DateTimeOffset OccurredAt, EventId Event) : IComparable<EventStamp>
{
    /// <summary>Earlier first.</summary>
    public int CompareTo(EventStamp other)
    {
        int byTime = OccurredAt.CompareTo(other.OccurredAt);
        return byTime != 0 ? byTime : Event.CompareTo(other.Event);
    }
}
