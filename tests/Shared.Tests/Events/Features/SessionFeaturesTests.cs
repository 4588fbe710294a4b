using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Testing;
using CsCheck;

namespace Aisle.Tests.Events.Features;

public sealed class SessionFeaturesTests
{
    private static readonly UserId User = Some.User();

    private static readonly Gen<InteractionEvent> AnyEvent = Gen.Int[0, 200].Select(
        id => Some.Event($"e{id:000}") with
        {
            // An event's content follows from its id: a redelivered event is the same event.
            OccurredAt = Some.Instant.AddMinutes((id * 7) % 61),
            Type = (EventType)(id % 8),
            Product = new ProductId($"p{id % 13}"),
            DeviceType = id % 4 == 0 ? null : $"d{id % 4}",
            Assignment = id % 5 == 0 ? new AssignmentId($"a{id % 3}") : null,
            Session = new SessionId($"s{id % 2}"),
        });

    [Fact]
    public void Any_order_any_batches_any_redelivery_give_the_same_document() =>
        Gen.Select(AnyEvent.Array[1, 80], Gen.Int[1, 10], Gen.Int).Sample((events, batch, seed) =>
        {
            ShopperProfile once = SessionFeatures.Merge(null, User, [.. events.DistinctBy(e => e.Id)])!;
            InteractionEvent[] shuffled = [.. events.Concat(events).OrderBy(e => HashCode.Combine(e.Id.Value, seed)).ThenBy(e => e.Id)];

            ShopperProfile? merged = null;
            foreach (InteractionEvent[] part in shuffled.Chunk(batch))
            {
                merged = SessionFeatures.Merge(merged, User, part);
            }

            Assert.Equivalent(once, merged, strict: true);
        });

    [Fact]
    public void Of_different_acts_under_one_id_the_one_accepted_first_counts_in_any_order() =>
        Gen.Select(Gen.Select(AnyEvent, Gen.Int[0, 3]).Array[1, 40], Gen.Int).Sample((acts, seed) =>
        {
            // Few enough that the list keeps them all; the copies are of other products, other times and later
            // acceptance, or of earlier acceptance alone.
            InteractionEvent[] copies = [.. acts.Select(act => Copy(act.Item1, act.Item2))];
            InteractionEvent[] first = [.. copies.GroupBy(e => e.Id).Select(same => same.Aggregate((a, b) => EventCopies.Precedes(b, a) ? b : a))];
            ShopperProfile once = SessionFeatures.Merge(null, User, first)!;

            ShopperProfile? merged = null;
            foreach (InteractionEvent e in copies.OrderBy(e => HashCode.Combine(e.Id.Value, e.IngestedAt, seed)))
            {
                merged = SessionFeatures.Merge(merged, User, [e]);
            }

            Assert.Equivalent(once.Recent, merged!.Recent, strict: true);
            Assert.Equivalent(once.DistinctProducts, merged.DistinctProducts, strict: true);
            Assert.Equivalent(once.Recent, SessionFeatures.Merge(null, User, copies)!.Recent, strict: true);
            Assert.Equivalent(once.DistinctProducts, SessionFeatures.Merge(null, User, copies)!.DistinctProducts, strict: true);
        });

    [Fact]
    public void A_document_from_which_an_event_was_withdrawn_is_the_one_that_never_had_it() =>
        Gen.Select(AnyEvent.Array[2, 120], Gen.Int[0, 5]).Sample((events, step) =>
        {
            InteractionEvent[] all = [.. events.DistinctBy(e => e.Id)];
            InteractionEvent[] kept = [.. all.Where((_, index) => index % (step + 2) != 1)];
            ShopperProfile profile = SessionFeatures.Merge(null, User, all)! with { PurchaseCount30Days = 3 };

            Assert.Equivalent(
                SessionFeatures.Merge(null, User, kept)! with { PurchaseCount30Days = 3 },
                SessionFeatures.Restate(profile, User, all.Except(kept).Select(e => e.Id).ToHashSet(), kept),
                strict: true);
        });

    [Fact]
    public void Two_documents_of_one_person_combine_to_the_document_of_all_events() =>
        Gen.Select(AnyEvent.Array[1, 60], AnyEvent.Array[1, 60]).Sample((first, second) => Assert.Equivalent(
            SessionFeatures.Merge(null, User, [.. first, .. second]),
            SessionFeatures.Combine(User, SessionFeatures.Merge(null, User, first), SessionFeatures.Merge(null, User, second)),
            strict: true));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData(null, true, true)]
    [InlineData(true, null, true)]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(null, false, false)]
    public void A_refusal_given_before_or_after_a_login_holds_after_it(bool? known, bool? visitor, bool? expected) =>
        Assert.Equal(expected, SessionFeatures.Combine(User, Some.Profile() with { Consent = known }, Some.Profile("visitor") with { Consent = visitor })!.Consent);

    [Fact]
    public void The_document_stays_small()
    {
        ShopperProfile profile = SessionFeatures.Merge(null, User, [.. Enumerable.Range(0, 1000).Select(i => Some.Event($"e{i:0000}", product: $"p{i}"))])!;

        Assert.Equal(SessionFeatures.RecentCapacity, profile.Recent.Count);
        Assert.Equal(SessionFeatures.DistinctCapacity, profile.DistinctProducts.Count);
    }

    [Theory]
    [InlineData(5, true)]
    [InlineData(6, false)]
    public void A_shopper_is_cold_below_six_distinct_products(int products, bool isCold) =>
        Assert.Equal(isCold, SessionFeatures.IsCold(SessionFeatures.Merge(
            null, User, [.. Enumerable.Range(0, products * 3).Select(i => Some.Event($"e{i}", product: $"p{i % products}"))])));

    [Fact]
    public void Impressions_and_page_views_say_nothing_about_taste()
    {
        ShopperProfile profile = SessionFeatures.Merge(null, User, [Some.Event() with { Type = EventType.Impression }])!;

        Assert.Empty(profile.Recent);
        Assert.Empty(profile.DistinctProducts);
    }

    [Fact]
    public void Session_clicks_are_those_of_the_newest_visit()
    {
        ShopperProfile profile = SessionFeatures.Merge(null, User, [Click("a", "old", 0), Click("b", "new", 10), Click("c", "new", 11)])!;

        Assert.Equal(["b", "c"], Products(SessionFeatures.SessionClicks(profile, Some.Instant.AddMinutes(12))));
    }

    [Fact]
    public void A_visit_ends_after_thirty_minutes_without_an_event()
    {
        ShopperProfile profile = SessionFeatures.Merge(null, User, [Click("a", "s", 0), Click("b", "s", 10)])!;

        Assert.Equal(["a", "b"], Products(SessionFeatures.SessionClicks(profile, Some.Instant.AddMinutes(40))));
        Assert.Empty(SessionFeatures.SessionClicks(profile, Some.Instant.AddMinutes(41)));
    }

    [Fact]
    public void A_page_view_keeps_a_visit_going()
    {
        InteractionEvent page = Some.Event("page") with { Type = EventType.PageView, Product = null, OccurredAt = Some.Instant.AddMinutes(25) };
        ShopperProfile profile = SessionFeatures.Merge(null, User, [Click("a", "s", 0), page])!;

        Assert.Single(SessionFeatures.SessionClicks(profile, Some.Instant.AddMinutes(50)));
    }

    [Fact]
    public void Without_session_ids_a_pause_of_thirty_minutes_begins_a_new_visit()
    {
        ShopperProfile profile = SessionFeatures.Merge(null, User, [Click("a", null, 0), Click("b", null, 31), Click("c", null, 61)])!;

        Assert.Equal(["b", "c"], Products(SessionFeatures.SessionClicks(profile, Some.Instant.AddMinutes(62))));
    }

    private static InteractionEvent Copy(InteractionEvent act, int copy) => copy == 0 ? act : act with
    {
        IngestedAt = act.IngestedAt.AddSeconds(copy),
        OccurredAt = copy == 1 ? act.OccurredAt : act.OccurredAt.AddMinutes(copy * 5),
        Product = copy == 1 ? act.Product : new ProductId($"other{copy}"),
    };

    private static InteractionEvent Click(string id, string? session, int minute) => Some.Event(id, product: id) with
    {
        Type = EventType.Click,
        Session = session is null ? null : new SessionId(session),
        OccurredAt = Some.Instant.AddMinutes(minute),
    };

    private static IEnumerable<string> Products(IEnumerable<ProductId> products) => products.Select(product => product.Value);

    [Fact]
    public void Recent_categories_come_newest_first_each_once()
    {
        ShopperProfile profile = SessionFeatures.Merge(
            null, User, [.. Enumerable.Range(0, 4).Select(i => Some.Event($"e{i}", product: $"p{i}") with { OccurredAt = Some.Instant.AddMinutes(i) })])!;

        Assert.Equal(["odd", "even"], SessionFeatures.RecentCategories(profile, product => product.Value is "p1" or "p3" ? "odd" : "even"));
    }

    [Fact]
    public void An_expired_document_does_not_count()
    {
        ShopperProfile profile = Some.Profile();

        Assert.NotNull(SessionFeatures.Live(profile, profile.ExpiresAt.AddTicks(-1)));
        Assert.Null(SessionFeatures.Live(profile, profile.ExpiresAt));
    }
}
