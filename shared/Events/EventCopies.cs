using Aisle.Events.Wire;

namespace Aisle.Events;

/// <summary>Which of several copies under one id counts: the one that was accepted first, whatever was delivered when. A sender that gives
/// one id to two acts makes a mistake; this rule makes its outcome the same in any order of delivery.</summary>
public static class EventCopies
{
    /// <summary>Whether a copy counts rather than another under the same id: by time of acceptance, then by event time, then by the bytes
    /// of its wire form, so that of two different copies one always does.</summary>
    public static bool Precedes(InteractionEvent copy, InteractionEvent other)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(other);
        int order = (copy.IngestedAt, copy.OccurredAt).CompareTo((other.IngestedAt, other.OccurredAt));
        return order == 0 ? copy != other && EventWire.Encode(copy).AsSpan().SequenceCompareTo(EventWire.Encode(other)) < 0 : order < 0;
    }

    /// <summary>Whether two copies tell of the same act, whenever each was accepted: a sender that tries again sends such a copy.</summary>
    public static bool IsSameAct(InteractionEvent copy, InteractionEvent other)
    {
        ArgumentNullException.ThrowIfNull(copy);
        ArgumentNullException.ThrowIfNull(other);
        return copy == other with { IngestedAt = copy.IngestedAt };
    }
}
