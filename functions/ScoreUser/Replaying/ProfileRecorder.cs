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
        List<SessionId> visits = [];
        json.WriteStartObject();
        json.WriteStartArray("recent"u8);
        foreach (RecentInteraction recent in profile.Recent)
        {
            Write(json, recent.Product, recent.OccurredAt, (int)recent.Type, VisitOf(visits, recent.Session));
        }

        json.WriteEndArray();
        Write(json, "distinct"u8, profile.DistinctProducts);
        Write(json, "purchased"u8, profile.Purchased);
        if (profile.AveragePriceMinor is { } price)
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

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<DistinctProduct> products)
    {
        if (products.Count == 0)
        {
            return;
        }

        json.WriteStartArray(name);
        foreach (DistinctProduct product in products)
        {
            Write(json, product.Product, product.LastTouchedAt, type: 0, visit: 0);
        }

        json.WriteEndArray();
    }

    /// <summary>One <see cref="RecordedTouch"/>.</summary>
    private static void Write(Utf8JsonWriter json, ProductId product, DateTimeOffset at, int type, int visit)
    {
        json.WriteStartObject();
        json.WriteString("p"u8, product.Value);
        json.WriteNumber("at"u8, Micros(at));
        if (type != 0)
        {
            json.WriteNumber("t"u8, type);
        }

        if (visit != 0)
        {
            json.WriteNumber("s"u8, visit);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

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
