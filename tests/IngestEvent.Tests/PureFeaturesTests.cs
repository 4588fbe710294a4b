using Aisle.Events;
using Aisle.Local.DuckDb;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests;

/// <summary>A shopper's document is the pure function of the events that the history keeps, whatever was delivered, in whatever order and however often: also when senders give one id to
/// different acts, which is a mistake of theirs that must not make history and features disagree.</summary>
public sealed class PureFeaturesTests
{
    private static readonly Gen<InteractionEvent> AnyDelivery = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 2]).Select((id, copy, user) => Some.Event($"e{id:00}") with
    {
        // Three of four deliveries are the event itself; the fourth is another act under its id: another time, product, type, even another shopper.
        User = Some.User($"user-{(copy == 3 ? user : id % 3)}"),
        OccurredAt = Some.Instant.AddMinutes(copy == 3 ? (id * 13) % 47 : (id * 7) % 61),
        IngestedAt = Some.Instant.AddSeconds(copy == 3 ? user : 1),
        Type = (EventType)((id + (copy == 3 ? user : 0)) % 8),
        Product = Some.ProductId($"p{(id + (copy == 3 ? 5 : 0)) % 11}"),
        DeviceType = copy == 3 ? "odd" : $"d{id % 3}",
        Session = new SessionId($"s{id % 2}"),
        Assignment = id % 5 == 0 ? new AssignmentId($"a{(copy == 3 ? 9 : id % 3)}") : null,
    });

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void History_and_features_agree_after_any_deliveries_of_any_copies() =>
        Gen.Select(AnyDelivery.Array[1, 60].Array[1, 4], Gen.Bool).Sample(
            (batches, isRedelivered) => CheckAsync(isRedelivered ? [.. batches, .. batches.Reverse()] : batches).GetAwaiter().GetResult(), iter: 25, threads: 1);

    [Fact]
    public async Task A_copy_with_another_content_changes_no_document()
    {
        using IngestMetrics metrics = new();
        using TemporaryFolder folder = new();
        using DuckDbDatabase database = new(Path.Combine(folder.Path, "warehouse.duckdb"), threads: 1);
        using DuckDbEventWarehouse warehouse = new(database);
        InMemoryProfileStore profiles = new();
        EventIngester ingester = Ingester(warehouse, profiles, metrics);

        await ingester.WriteAsync([Some.Event(product: "first")], Token);
        await ingester.WriteAsync([Some.Event(product: "second") with { OccurredAt = Some.Instant.AddMinutes(1), User = Some.User("somebody else") }], Token);

        ShopperProfile profile = Assert.Single(profiles.All);
        Assert.Equal("first", Assert.Single(profile.Recent).Product.Value);
        Assert.Equal("first", Assert.Single(profile.DistinctProducts).Product.Value);
    }

    private static async Task CheckAsync(InteractionEvent[][] batches)
    {
        using IngestMetrics metrics = new();
        using TemporaryFolder folder = new();
        using DuckDbDatabase database = new(Path.Combine(folder.Path, "warehouse.duckdb"), threads: 1);
        using DuckDbEventWarehouse warehouse = new(database);
        InMemoryProfileStore profiles = new();
        EventIngester ingester = Ingester(warehouse, profiles, metrics);
        foreach (InteractionEvent[] batch in batches)
        {
            await ingester.WriteAsync(batch, Token);
        }

        // Appending everything once more changes nothing, and tells what is kept.
        AppendOutcome outcome = await warehouse.AppendAsync([.. batches.SelectMany(batch => batch)], Token);
        ILookup<UserId, InteractionEvent> kept = outcome.Kept!.Values.ToLookup(e => e.User!.Value);
        Assert.Equal(kept.Select(user => user.Key).Order(), profiles.All.Select(profile => profile.User).Order());
        Assert.All(profiles.All, profile => Assert.Equivalent(SessionFeatures.Merge(null, profile.User, [.. kept[profile.User]]), profile, strict: true));
    }

    private static EventIngester Ingester(IEventWarehouse warehouse, IProfileStore profiles, IngestMetrics metrics)
    {
        FakeTimeProvider clock = new(Some.Instant);
        return new EventIngester(
            new InMemoryEventQueue(clock), warehouse, new FeatureUpdater(profiles), new KnownProducts(new InMemoryCatalogueStore(), clock, metrics), clock, metrics);
    }
}
