using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.ScoreUser.Replaying;

/// <summary>Session features into a record and back: without ids of events and visits, which no slate follows from.</summary>
internal static class ProfileRecorder
{
    /// <summary>Writes what a slate follows from, in the fields of <see cref="RecordedProfile"/>.</summary>
    public static void Write(Utf8JsonWriter json, ShopperProfile profile)
    {
        json.WriteStartObject();
        json.WritePropertyName("recent"u8);
        RecordedTouchesConverter.Write(json, Touches(profile.Recent));
        Write(json, "distinct"u8, profile.DistinctProducts, profile.Recent);
        Write(json, "purchased"u8, profile.Purchased, profile.Recent);
        if (profile.AveragePriceMinor is { } price && double.IsFinite(price))
        {
            json.WriteNumber("price"u8, price);
        }

        json.WriteNumber("purchases"u8, profile.PurchaseCount30Days);
        Write(json, "age"u8, profile.AgeBracket);
        Write(json, "location"u8, profile.Location);
        Write(json, "device"u8, profile.DeviceType);
        json.WriteNumber("newest"u8, Micros(profile.NewestEventAt));
        json.WriteNumber("expires"u8, Micros(profile.ExpiresAt));
        json.WriteEndObject();
    }

    /// <summary>The features of a record.</summary>
    public static ShopperProfile Read(RecordedProfile recorded, UserId user) => new()
    {
        User = user,
        Recent = [.. recorded.Recent.Select((touch, index) => new RecentInteraction(
            new EventId($"{index}"), new ProductId(touch.Product), (EventType)touch.Type, Instant(touch.At), touch.Visit == 0 ? null : new SessionId($"{touch.Visit}")))],
        DistinctProducts = Products(recorded.Distinct, recorded.Recent),
        Purchased = Products(recorded.Purchased, recorded.Recent),
        AveragePriceMinor = recorded.Price,
        PurchaseCount30Days = recorded.Purchases,
        AgeBracket = recorded.Age,
        Location = recorded.Location,
        DeviceType = recorded.Device,
        NewestEventAt = Instant(recorded.Newest),
        ExpiresAt = Instant(recorded.Expires),
    };

    private static IEnumerable<RecordedTouch> Touches(IReadOnlyList<RecentInteraction> recent)
    {
        List<SessionId> visits = [];
        foreach (RecentInteraction touch in recent)
        {
            yield return new RecordedTouch(touch.Product.Value, Micros(touch.OccurredAt), (int)touch.Type, VisitOf(visits, touch.Session));
        }
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<DistinctProduct> products, IReadOnlyList<RecentInteraction> recent)
    {
        if (products.Count > 0)
        {
            json.WritePropertyName(name);
            RecordedProductsConverter.Write(json, products.Select(product =>
                IndexOf(product, recent) is >= 0 and var index ? new RecordedProduct(index) : new RecordedProduct(-1, product.Product.Value, Micros(product.LastTouchedAt))));
        }
    }

    private static int IndexOf(DistinctProduct product, IReadOnlyList<RecentInteraction> recent)
    {
        for (int index = recent.Count - 1; index >= 0; index--)
        {
            if (recent[index].OccurredAt == product.LastTouchedAt && recent[index].Product == product.Product)
            {
                return index;
            }
        }

        return -1;
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static DistinctProduct[] Products(IReadOnlyList<RecordedProduct>? products, IReadOnlyList<RecordedTouch> recent) =>
        [.. (products ?? [])
            .Select(product => product.Recent < 0 ? (Product: product.Product!, product.At) : (recent[product.Recent].Product, recent[product.Recent].At))
            .Select((touched, index) => new DistinctProduct(new ProductId(touched.Product), Instant(touched.At), new EventId($"{index}")))];

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
