namespace Aisle.Events.Features;

/// <summary>How lists of interactions merge: ordered by (time, event id), each event once, cut to the latest
/// <see cref="SessionFeatures.RecentCapacity"/>.</summary>
internal static class RecentInteractions
{
    /// <summary>What a document keeps of an event.</summary>
    public static RecentInteraction Of(InteractionEvent e) => new(e.Id, e.Product!.Value, e.Type, e.OccurredAt, e.Session) { AcceptedAt = e.IngestedAt };

    /// <summary>Both lists in one: linear in the few that are new, since the known ones are in order already.</summary>
    /// <param name="known">In order, each event once.</param>
    /// <param name="more">In any order, repeats allowed.</param>
    /// <param name="isContested">Whether two different acts came under one id: the one accepted first is in the list, and the other may
    /// have left traces elsewhere in the document.</param>
    public static RecentInteraction[] Merge(IReadOnlyList<RecentInteraction> known, IReadOnlyList<RecentInteraction> more, out bool isContested)
    {
        isContested = false;
        List<RecentInteraction> merged = new(known.Count + Math.Min(more.Count, SessionFeatures.RecentCapacity));
        merged.AddRange(known);
        foreach (RecentInteraction interaction in more)
        {
            int same = merged.FindIndex(present => present.Id == interaction.Id);
            isContested |= same >= 0 && merged[same] != interaction with { AcceptedAt = merged[same].AcceptedAt };
            if (same >= 0 && !Precedes(interaction, merged[same]))
            {
                continue;
            }

            if (same >= 0)
            {
                merged.RemoveAt(same);
            }

            merged.Insert(PlaceOf(interaction, merged), interaction);
            merged.RemoveRange(0, Math.Max(0, merged.Count - SessionFeatures.RecentCapacity));
        }

        return [.. merged];
    }

    private static int PlaceOf(RecentInteraction interaction, List<RecentInteraction> ordered)
    {
        int place = ordered.Count;
        while (place > 0 && Stamp(ordered[place - 1]).CompareTo(Stamp(interaction)) > 0)
        {
            place--;
        }

        return place;
    }

    /// <summary>As <see cref="EventCopies.Precedes"/>, by what a document keeps.</summary>
    private static bool Precedes(RecentInteraction copy, RecentInteraction other)
    {
        int order = Nullable.Compare(copy.AcceptedAt, other.AcceptedAt);
        order = order == 0 ? copy.OccurredAt.CompareTo(other.OccurredAt) : order;
        order = order == 0 ? copy.Product.CompareTo(other.Product) : order;
        order = order == 0 ? copy.Type.CompareTo(other.Type) : order;
        return (order == 0 ? string.CompareOrdinal(copy.Session?.Value, other.Session?.Value) : order) < 0;
    }

    private static EventStamp Stamp(RecentInteraction r) => new(r.OccurredAt, r.Id);
}
