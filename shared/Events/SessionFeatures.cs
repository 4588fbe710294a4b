namespace Aisle.Events;

/// <summary>How session features follow from events: merging is idempotent, commutative and associative, so redelivery and reordering change nothing.</summary>
public static class SessionFeatures
{
    /// <summary>How many interactions a document keeps.</summary>
    public const int RecentCapacity = 50;

    /// <summary>Where the count of distinct products saturates: from here on a shopper is established.</summary>
    public const int DistinctCapacity = 6;

    /// <summary>How long a document counts after its newest event.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(90);

    /// <summary>Whether cold-start routing applies: fewer distinct products than make a shopper established.</summary>
    public static bool IsCold(ShopperProfile? profile) => (profile?.DistinctProducts.Count ?? 0) < DistinctCapacity;

    /// <summary>The document with the events merged in.</summary>
    /// <param name="profile">The document so far; null when there is none.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="events">The shopper's events, in any order, repeats allowed; types that are no interactions only move the newest time.</param>
    /// <returns>The same document whatever the order and the number of deliveries.</returns>
    /// <exception cref="ArgumentException"><paramref name="events"/> is empty and there is no document yet.</exception>
    public static ShopperProfile Merge(ShopperProfile? profile, UserId user, IReadOnlyCollection<InteractionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        if (profile is null && events.Count == 0)
        {
            throw new ArgumentException("A new document needs at least one event.", nameof(events));
        }

        RecentInteraction[] fresh = [.. events.Where(IsInteraction).Select(ToRecent)];
        DateTimeOffset newest = events.Select(e => e.OccurredAt).Append(profile?.NewestEventAt ?? DateTimeOffset.MinValue).Max();
        InteractionEvent? first = events.OrderBy(e => e.OccurredAt).ThenBy(e => e.Id).FirstOrDefault();
        return (profile ?? new ShopperProfile { User = user, NewestEventAt = newest, ExpiresAt = newest + TimeToLive }) with
        {
            Assignment = profile?.Assignment ?? first?.Assignment,
            Recent = MergeRecent(profile?.Recent ?? [], fresh),
            DistinctProducts = MergeDistinct(profile?.DistinctProducts ?? [], fresh),
            NewestEventAt = newest,
            ExpiresAt = newest + TimeToLive,
        };
    }

    private static bool IsInteraction(InteractionEvent e) => e.Type.IsInteraction() && e.Product is not null;

    private static RecentInteraction ToRecent(InteractionEvent e) => new(e.Id, e.Product!.Value, e.Type, e.OccurredAt, e.Session);

    private static RecentInteraction[] MergeRecent(IReadOnlyList<RecentInteraction> known, RecentInteraction[] fresh) =>
        [.. known.Concat(fresh).DistinctBy(r => r.Id).OrderBy(r => r.OccurredAt).ThenBy(r => r.Id).TakeLast(RecentCapacity)];

    private static DistinctProduct[] MergeDistinct(IReadOnlyList<DistinctProduct> known, RecentInteraction[] fresh) =>
        [.. known
            .Concat(fresh.Select(r => new DistinctProduct(r.Product, r.OccurredAt, r.Id)))
            .OrderByDescending(d => d.LastTouchedAt).ThenByDescending(d => d.LastEvent)
            .DistinctBy(d => d.Product)
            .Take(DistinctCapacity)];
}
