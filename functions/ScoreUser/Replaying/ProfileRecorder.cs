using Aisle.Events;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Session features into a record and back: without ids of events and visits, which no slate follows from.</summary>
internal static class ProfileRecorder
{
    /// <summary>What a slate follows from.</summary>
    public static RecordedProfile Write(ShopperProfile profile)
    {
        List<SessionId> visits = [];
        return new RecordedProfile
        {
            Recent = [.. profile.Recent.Select(recent => new RecordedTouch(recent.Product.Value, Micros(recent.OccurredAt), (int)recent.Type, VisitOf(visits, recent.Session)))],
            Distinct = OfProducts(profile.DistinctProducts),
            Purchased = OfProducts(profile.Purchased),
            Price = profile.AveragePriceMinor,
            Purchases = profile.PurchaseCount30Days,
            Age = profile.AgeBracket,
            Location = profile.Location,
            Device = profile.DeviceType,
            Newest = Micros(profile.NewestEventAt),
            Expires = Micros(profile.ExpiresAt),
        };
    }

    /// <summary>The features of a record.</summary>
    public static ShopperProfile Read(RecordedProfile recorded, UserId user) => new()
    {
        User = user,
        Recent = [.. recorded.Recent.Select((touch, index) => new RecentInteraction(
            new EventId($"{index}"), new ProductId(touch.P), (EventType)touch.T, Instant(touch.At), touch.S == 0 ? null : new SessionId($"{touch.S}")))],
        DistinctProducts = Products(recorded.Distinct),
        Purchased = Products(recorded.Purchased),
        AveragePriceMinor = recorded.Price,
        PurchaseCount30Days = recorded.Purchases,
        AgeBracket = recorded.Age,
        Location = recorded.Location,
        DeviceType = recorded.Device,
        NewestEventAt = Instant(recorded.Newest),
        ExpiresAt = Instant(recorded.Expires),
    };

    private static List<RecordedTouch>? OfProducts(IReadOnlyList<DistinctProduct> products) =>
        products.Count == 0 ? null : [.. products.Select(product => new RecordedTouch(product.Product.Value, Micros(product.LastTouchedAt)))];

    private static DistinctProduct[] Products(List<RecordedTouch>? touches) =>
        [.. (touches ?? []).Select((touch, index) => new DistinctProduct(new ProductId(touch.P), Instant(touch.At), new EventId($"{index}")))];

    private static int VisitOf(List<SessionId> visits, SessionId? visit)
    {
        if (visit is not { } named)
        {
            return 0;
        }

        int known = visits.IndexOf(named);
        if (known < 0)
        {
            visits.Add(named);
        }

        return known < 0 ? visits.Count : known + 1;
    }

    private static long Micros(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset Instant(long micros) => new(DateTime.UnixEpoch.Ticks + (micros * TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
