using Aisle.Events;
using Aisle.Events.Features;
using Aisle.IngestEvent.Delivery;
using Aisle.IngestEvent.Features;
using Aisle.IngestEvent.Products;
using Aisle.Local.DuckDb;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests.Features;

/// <summary>History and documents are pure functions of what was accepted, whatever was delivered, in whatever order and however often:
/// also when senders give one id to different acts, which is a mistake of theirs. The act that was accepted first counts then.</summary>
public sealed class PureFeaturesTests
{
    private static readonly Gen<InteractionEvent> AnyDelivery = Gen.Select(Gen.Int[0, 40], Gen.Int[0, 3], Gen.Int[0, 2]).Select((id, copy, user) => Some.Event($"e{id:00}") with
    {
        // Three of four deliveries are the event itself; the fourth is another act under its id: another time,
        // product, type, even another shopper.
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
    public void History_and_features_follow_from_what_was_accepted_after_any_deliveries_of_any_copies() =>
        Gen.Select(AnyDelivery.Array[1, 60].Array[1, 4], Gen.Bool).Sample(
            (batches, isRedelivered) => CheckAsync(isRedelivered ? [.. batches, .. batches.Reverse()] : batches).GetAwaiter().GetResult(), iter: 25, threads: 1);

    [Fact]
    public async Task A_copy_with_another_content_that_was_accepted_later_changes_no_document()
    {
        using Shop shop = new();
        await shop.Ingester.WriteAsync([Some.Event(product: "first")], Token);
        await shop.Ingester.WriteAsync([SomebodyElsesCopy], Token);

        ShopperProfile profile = Assert.Single(shop.Profiles.All);
        Assert.Equal("first", Assert.Single(profile.Recent).Product.Value);
        Assert.Equal("first", Assert.Single(profile.DistinctProducts).Product.Value);
    }

    [Fact]
    public async Task A_copy_that_was_accepted_first_and_delivered_last_takes_the_others_place_in_every_document()
    {
        using Shop shop = new();
        InteractionEvent before = Some.Event("before", "somebody else", "before");
        await shop.Ingester.WriteAsync([before, SomebodyElsesCopy], Token);
        await shop.Ingester.WriteAsync([Some.Event(product: "first")], Token);

        Assert.Equivalent(SessionFeatures.Merge(null, Some.User(), [Some.Event(product: "first")]), await shop.ReadAsync(Some.User()), strict: true);
        Assert.Equivalent(SessionFeatures.Merge(null, Some.User("somebody else"), [before]), await shop.ReadAsync(Some.User("somebody else")), strict: true);
    }

    [Fact]
    public async Task A_worker_that_died_between_history_and_features_sees_to_them_when_the_message_comes_again()
    {
        using Shop shop = new();
        await shop.Ingester.WriteAsync([SomebodyElsesCopy], Token);
        await shop.Warehouse.AppendAsync([Some.Event(product: "first")], Token); // and then it died
        await shop.Ingester.WriteAsync([Some.Event(product: "first")], Token);

        Assert.Empty((await shop.ReadAsync(Some.User("somebody else")))!.Recent);
        Assert.Equal("first", Assert.Single((await shop.ReadAsync(Some.User()))!.Recent).Product.Value);
    }

    private static InteractionEvent SomebodyElsesCopy =>
        Some.Event(user: "somebody else", product: "second") with { OccurredAt = Some.Instant.AddMinutes(1), IngestedAt = Some.Instant.AddMinutes(2) };

    private static async Task CheckAsync(InteractionEvent[][] batches)
    {
        using Shop shop = new();
        Dictionary<EventId, InteractionEvent> accepted = [];
        foreach (InteractionEvent[] batch in batches)
        {
            await shop.Ingester.WriteAsync(batch, Token);
            foreach (InteractionEvent e in batch.Where(e => !accepted.TryGetValue(e.Id, out InteractionEvent? other) || EventCopies.Precedes(e, other)))
            {
                accepted[e.Id] = e;
            }
        }

        // Appending everything once more changes nothing, and tells what is kept.
        AppendOutcome outcome = await shop.Warehouse.AppendAsync([.. batches.SelectMany(batch => batch)], Token);
        Assert.Equal(accepted.OrderBy(e => e.Key), outcome.Kept!.OrderBy(e => e.Key));
        ILookup<UserId, InteractionEvent> kept = accepted.Values.ToLookup(e => e.User!.Value);
        Assert.All(kept, user => Assert.Contains(shop.Profiles.All, profile => profile.User == user.Key));
        Assert.All(shop.Profiles.All, profile => AssertFollows(profile, [.. kept[profile.User]]));
    }

    /// <summary>Where no event is left, the document is empty but for what does not come from events.</summary>
    private static void AssertFollows(ShopperProfile profile, InteractionEvent[] events) => Assert.Equivalent(
        SessionFeatures.Merge(null, profile.User, events) ?? new ShopperProfile { User = profile.User, NewestEventAt = profile.NewestEventAt, ExpiresAt = profile.ExpiresAt },
        profile, strict: true);

    /// <summary>The function on a warehouse of its own.</summary>
    private sealed class Shop : IDisposable
    {
        private readonly IngestMetrics _metrics = new();
        private readonly TemporaryFolder _folder = new();
        private readonly DuckDbDatabase _database;

        public Shop()
        {
            FakeTimeProvider clock = new(Some.Instant);
            _database = new DuckDbDatabase(Path.Combine(_folder.Path, "warehouse.duckdb"), threads: 1, new FakeTimeProvider());
            Warehouse = new DuckDbEventWarehouse(_database);
            Ingester = new EventIngester(
                new InMemoryEventQueue(clock), Warehouse, new FeatureUpdater(Profiles), new KnownProducts(new InMemoryCatalogueStore(), clock, _metrics, NullLogger<KnownProducts>.Instance), clock, _metrics);
        }

        public DuckDbEventWarehouse Warehouse { get; }

        public InMemoryProfileStore Profiles { get; } = new();

        public EventIngester Ingester { get; }

        public async Task<ShopperProfile?> ReadAsync(UserId user) => (await Profiles.ReadAsync(user, Token))?.Value;

        public void Dispose()
        {
            Warehouse.Dispose();
            _database.Dispose();
            _folder.Dispose();
            _metrics.Dispose();
        }
    }
}
