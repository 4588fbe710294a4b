namespace Aisle.Events.Features;

/// <summary>How session features follow from events: merging is idempotent, commutative and associative, so
/// redelivery and reordering change nothing.</summary>
/// <remarks>Each part keeps the largest (or smallest) few of an ordered set, and such selections merge without loss.</remarks>
public static class SessionFeatures
{
    /// <summary>How many interactions a document keeps.</summary>
    public const int RecentCapacity = 50;

    /// <summary>Where the count of distinct products saturates: from here on a shopper is established.</summary>
    public const int DistinctCapacity = 6;

    /// <summary>How many distinct purchased products a document keeps.</summary>
    public const int PurchasedCapacity = 100;

    /// <summary>How many logins before the last a visitor's document keeps.</summary>
    public const int EarlierLoginCapacity = 50;

    /// <summary>How many categories <see cref="RecentCategories"/> names.</summary>
    public const int CategoryCapacity = 10;

    /// <summary>How long a visit goes on after its last event.</summary>
    public static readonly TimeSpan SessionIdle = TimeSpan.FromMinutes(30);

    /// <summary>How long a document counts after its newest event.</summary>
    public static readonly TimeSpan TimeToLive = TimeSpan.FromDays(90);

    /// <summary>The document, unless its time to live is over: stores may still return it then.</summary>
    public static ShopperProfile? Live(ShopperProfile? profile, DateTimeOffset now) => profile?.ExpiresAt > now ? profile : null;

    /// <summary><c>cold_start_flag</c>: whether the shopper touched fewer distinct products than make a shopper established.</summary>
    public static bool IsCold(ShopperProfile? profile) => (profile?.DistinctProducts.Count ?? 0) < DistinctCapacity;

    /// <summary><c>session_click_ids</c>: what was clicked in the visit that is under way, oldest first, each once;
    /// empty once the visit has ended.</summary>
    /// <param name="profile">The document; null has none.</param>
    /// <param name="now">A visit ends after <see cref="SessionIdle"/> without an event.</param>
    /// <remarks>Where the sender names no sessions, a pause of <see cref="SessionIdle"/> begins a new one.</remarks>
    public static IReadOnlyList<ProductId> SessionClicks(ShopperProfile? profile, DateTimeOffset now) =>
        [.. CurrentSession(profile, now).Where(r => r.Type == EventType.Click).Select(r => r.Product).Distinct()];

    /// <summary>The interactions of the visit that is under way, oldest first; empty once it has ended.</summary>
    /// <param name="profile">The document; null has none.</param>
    /// <param name="now">A visit ends after <see cref="SessionIdle"/> without an event.</param>
    public static IReadOnlyList<RecentInteraction> CurrentSession(ShopperProfile? profile, DateTimeOffset now)
    {
        if (profile is null || profile.Recent.Count == 0 || now - profile.NewestEventAt > SessionIdle)
        {
            return [];
        }

        int first = profile.Recent.Count - 1;
        while (first > 0 && IsSameVisit(profile.Recent[first - 1], profile.Recent[first]))
        {
            first--;
        }

        return [.. profile.Recent.Skip(first)];
    }

    /// <summary><c>recent_categories</c>: the categories of what was touched last, newest first, each once, at most
    /// <see cref="CategoryCapacity"/>.</summary>
    /// <param name="profile">The document; null has none.</param>
    /// <param name="categoryOf">The catalogue's word for a product; null when unknown.</param>
    public static IReadOnlyList<string> RecentCategories(ShopperProfile? profile, Func<ProductId, string?> categoryOf) =>
        [.. (profile?.Recent ?? []).Reverse().Select(r => categoryOf(r.Product)).OfType<string>().Distinct().Take(CategoryCapacity)];

    /// <summary>The document with the events merged in.</summary>
    /// <param name="profile">The document so far; null when there is none.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="events">The shopper's events, in any order, repeats allowed.</param>
    /// <returns>The same document whatever the order and the number of deliveries; null when there is neither a
    /// document nor an event.</returns>
    public static ShopperProfile? Merge(ShopperProfile? profile, UserId user, IReadOnlyCollection<InteractionEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? profile : Combine(user, profile, Of(user, events));
    }

    /// <summary>One document from two of the same person, such as an anonymous visitor's and the known user's after login. Batch features
    /// stay those of the first that has any; of two words on consent, which bear no time, the stricter counts.</summary>
    public static ShopperProfile? Combine(UserId user, ShopperProfile? first, ShopperProfile? second)
    {
        if (first is null || second is null)
        {
            ShopperProfile? only = first ?? second;
            return only is null ? null : only with { User = user, Login = only.User == user ? only.Login : null, EarlierLogins = only.User == user ? only.EarlierLogins : [] };
        }

        RecentInteraction[] recent = RecentInteractions.Merge(first.Recent, second.Recent, out bool isContested);
        DateTimeOffset newest = first.NewestEventAt > second.NewestEventAt ? first.NewestEventAt : second.NewestEventAt;
        (AssignmentId? assignment, EventStamp? assigned) = Earliest((first.Assignment, first.AssignmentStamp), (second.Assignment, second.AssignmentStamp));
        (string? device, EventStamp? seen) = Latest((first.DeviceType, first.DeviceStamp), (second.DeviceType, second.DeviceStamp));
        return first with
        {
            User = user,
            Assignment = assignment,
            AssignmentStamp = assigned,
            DeviceType = device,
            DeviceStamp = seen,
            IsUser = first.IsUser || second.IsUser,
            Consent = first.Consent == false || second.Consent == false ? false : first.Consent ?? second.Consent,
            Recent = recent,
            DistinctProducts = Distinct(first.DistinctProducts.Concat(second.DistinctProducts), recent, isContested),
            Purchased = Bought(first.Purchased.Concat(second.Purchased), recent, isContested),
            NewestEventAt = newest,
            ExpiresAt = newest + TimeToLive,
        };
    }

    /// <summary>The document after events were taken out of the shopper's history: their traces go, and what they had pushed out
    /// comes back. Batch features stay.</summary>
    /// <param name="profile">The document so far; null when there is none.</param>
    /// <param name="user">Whose it is.</param>
    /// <param name="withdrawn">The ids of the events that were taken out; another act may stand under the same id in the history.</param>
    /// <param name="history">All events that the shopper has now, in any order.</param>
    public static ShopperProfile? Restate(ShopperProfile? profile, UserId user, IReadOnlySet<EventId> withdrawn, IReadOnlyCollection<InteractionEvent> history)
    {
        ArgumentNullException.ThrowIfNull(withdrawn);
        ArgumentNullException.ThrowIfNull(history);
        if (profile is null)
        {
            return Merge(null, user, history);
        }

        RecentInteraction[] recent = [.. profile.Recent.Where(r => !withdrawn.Contains(r.Id))];
        bool keepsAssignment = profile.AssignmentStamp is { } assigned && !withdrawn.Contains(assigned.Event);
        bool keepsDevice = profile.DeviceStamp is { } seen && !withdrawn.Contains(seen.Event);
        DateTimeOffset newest = recent.Length > 0 ? recent[^1].OccurredAt : history.Count > 0 ? history.Max(e => e.OccurredAt) : profile.NewestEventAt;
        ShopperProfile rest = profile with
        {
            Assignment = keepsAssignment ? profile.Assignment : null,
            AssignmentStamp = keepsAssignment ? profile.AssignmentStamp : null,
            DeviceType = keepsDevice ? profile.DeviceType : null,
            DeviceStamp = keepsDevice ? profile.DeviceStamp : null,
            Recent = recent,
            DistinctProducts = [.. profile.DistinctProducts.Where(d => !withdrawn.Contains(d.LastEvent))],
            Purchased = [.. profile.Purchased.Where(d => !withdrawn.Contains(d.LastEvent))],
            NewestEventAt = newest,
            ExpiresAt = newest + TimeToLive,
        };
        return Merge(rest, user, history);
    }

    private static ShopperProfile Of(UserId user, IReadOnlyCollection<InteractionEvent> events)
    {
        RecentInteraction[] interactions = [.. events.Where(e => e.Type.IsInteraction() && e.Product is not null).Select(RecentInteractions.Of)];
        RecentInteraction[] recent = RecentInteractions.Merge([], interactions, out bool isContested);
        DateTimeOffset newest = events.Max(e => e.OccurredAt);
        InteractionEvent? assigned = events.Where(e => e.Assignment is not null).MinBy(Stamp);
        InteractionEvent? device = events.Where(e => e.DeviceType is not null).MaxBy(Stamp);
        return new ShopperProfile
        {
            User = user,
            Assignment = assigned?.Assignment,
            AssignmentStamp = assigned is null ? null : Stamp(assigned),
            DeviceType = device?.DeviceType,
            DeviceStamp = device is null ? null : Stamp(device),
            Recent = recent,
            DistinctProducts = Distinct(interactions.Select(Touched), recent, isContested),
            Purchased = Bought(interactions.Where(IsPurchase).Select(Touched), recent, isContested),
            NewestEventAt = newest,
            ExpiresAt = newest + TimeToLive,
        };
    }

    private static bool IsSameVisit(RecentInteraction earlier, RecentInteraction later) =>
        earlier.Session == later.Session && later.OccurredAt - earlier.OccurredAt <= SessionIdle;

    /// <summary>The latest touch of each of the latest products. Where acts contested an id, what the recent list
    /// keeps under it counts.</summary>
    private static DistinctProduct[] Distinct(IEnumerable<DistinctProduct> touched, RecentInteraction[] recent, bool isContested) =>
        [.. LatestOfEach(isContested ? touched.ExceptBy(recent.Select(r => r.Id), d => d.LastEvent).Concat(recent.Select(Touched)) : touched, DistinctCapacity)];

    /// <summary>The latest purchase of each of the latest purchased products; contested ids as above.</summary>
    private static DistinctProduct[] Bought(IEnumerable<DistinctProduct> bought, RecentInteraction[] recent, bool isContested) =>
        [.. LatestOfEach(isContested ? bought.ExceptBy(recent.Select(r => r.Id), d => d.LastEvent).Concat(recent.Where(IsPurchase).Select(Touched)) : bought, PurchasedCapacity)];

    private static bool IsPurchase(RecentInteraction interaction) => interaction.Type == EventType.Purchase;

    private static IEnumerable<DistinctProduct> LatestOfEach(IEnumerable<DistinctProduct> touched, int capacity) => touched
        .OrderByDescending(d => new EventStamp(d.LastTouchedAt, d.LastEvent))
        .DistinctBy(d => d.Product)
        .Take(capacity);

    private static (T?, EventStamp?) Earliest<T>((T? Value, EventStamp? Stamp) a, (T? Value, EventStamp? Stamp) b) =>
        b.Stamp is null || (a.Stamp is { } stamp && stamp.CompareTo(b.Stamp.Value) <= 0) ? a : b;

    private static (T?, EventStamp?) Latest<T>((T? Value, EventStamp? Stamp) a, (T? Value, EventStamp? Stamp) b) =>
        b.Stamp is null || (a.Stamp is { } stamp && stamp.CompareTo(b.Stamp.Value) >= 0) ? a : b;

    private static DistinctProduct Touched(RecentInteraction r) => new(r.Product, r.OccurredAt, r.Id);

    private static EventStamp Stamp(InteractionEvent e) => new(e.OccurredAt, e.Id);
}
