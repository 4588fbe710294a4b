using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.ScoreUser.Replaying;
using CsCheck;

namespace Aisle.ScoreUser.Tests;

public sealed class ProfileRecorderTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<RecentInteraction> Touches = Gen.Select(
        Gen.Int[0, 9], Gen.Int[0, 4], Gen.Long[-1_000_000, 10_000_000_000], Gen.Int[0, 3],
        (product, type, micros, visit) => new RecentInteraction(
            new EventId("e"), new ProductId($"p\u00fc {product}"), (EventType)type, Start.AddMicroseconds(micros), visit == 0 ? null : new SessionId($"visit {visit}")));

    private static readonly Gen<DistinctProduct> OldProducts = Gen.Select(
        Gen.Int[0, 9], Gen.Int[1, 1_000_000], (product, days) => new DistinctProduct(new ProductId($"old {product}"), Start.AddSeconds(-days), new EventId("e")));

    [Fact]
    public void A_profile_comes_back_from_its_record_with_all_that_a_slate_follows_from() => Gen
        .Select(Touches.Array[0, 30], OldProducts.Array[0, 5], Gen.Int[0, 1000])
        .Sample((recent, old, purchases) =>
        {
            ShopperProfile profile = new()
            {
                User = new UserId("u"),
                Recent = recent,
                DistinctProducts = [.. recent.Where((_, i) => i % 2 == 0).Select(touch => new DistinctProduct(touch.Product, touch.OccurredAt, touch.Id)), .. old],
                Purchased = [.. old, .. recent.Where((_, i) => i % 3 == 0).Select(touch => new DistinctProduct(touch.Product, touch.OccurredAt, touch.Id))],
                AveragePriceMinor = purchases == 0 ? null : purchases * 1.1,
                PurchaseCount30Days = purchases,
                Location = purchases % 2 == 0 ? null : "DE",
                NewestEventAt = Start,
                ExpiresAt = Start.AddDays(30),
            };

            ShopperProfile read = Recorded(profile);

            Assert.Equal(profile.Recent.Select(touch => (touch.Product, touch.Type, touch.OccurredAt)), read.Recent.Select(touch => (touch.Product, touch.Type, touch.OccurredAt)));
            Assert.Equal(Visits(profile), Visits(read));
            Assert.Equal(Products(profile.DistinctProducts), Products(read.DistinctProducts));
            Assert.Equal(Products(profile.Purchased), Products(read.Purchased));
            Assert.Equal(
                (profile.AveragePriceMinor, profile.PurchaseCount30Days, profile.Location, profile.NewestEventAt, profile.ExpiresAt),
                (read.AveragePriceMinor, read.PurchaseCount30Days, read.Location, read.NewestEventAt, read.ExpiresAt));
        });

    private static ShopperProfile Recorded(ShopperProfile profile)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            ProfileRecorder.Write(json, profile);
        }

        string text = $$"""{"request":{},"seed":"1","profile":{{Encoding.UTF8.GetString(stream.ToArray())}}}""";
        return ProfileRecorder.Read(SlateRecordJson.Read(text)!.Profile!, profile.User);
    }

    private static IEnumerable<(ProductId, DateTimeOffset)> Products(IReadOnlyList<DistinctProduct> products) => products.Select(product => (product.Product, product.LastTouchedAt));

    /// <summary>Which touches belong to one visit; what a visit is called does not matter.</summary>
    private static IEnumerable<int> Visits(ShopperProfile profile)
    {
        List<SessionId?> seen = [];
        return [.. profile.Recent.Select(touch => seen.IndexOf(touch.Session) is >= 0 and var known ? known : Add(touch.Session)).Select((visit, i) => profile.Recent[i].Session is null ? -1 : visit)];

        int Add(SessionId? visit)
        {
            seen.Add(visit);
            return seen.Count - 1;
        }
    }
}
