using Aisle.Events;
using Aisle.Events.Features;
using Aisle.IngestEvent.Features;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests.Features;

public sealed class IdentityMergerTests
{
    private static readonly UserId Visitor = Some.User("visitor");
    private static readonly UserId Known = Some.User("known");

    private readonly InMemoryProfileStore _profiles = new();
    private readonly IdentityMerger _merger;

    public IdentityMergerTests() => _merger = new IdentityMerger(_profiles, new FakeTimeProvider(Some.Instant));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_visitor_becomes_a_user_and_leaves_where_to_go()
    {
        await WriteAsync(Anonymous());

        Assert.True(await _merger.MergeAsync(Visitor, Known, isTrusted: false, Token));

        ShopperProfile known = (await ReadAsync(Known))!;
        ShopperProfile visitor = (await ReadAsync(Visitor))!;
        Assert.Equal((true, Visitor.Value, "e1"), (known.IsUser, known.Assignment!.Value.Value, Assert.Single(known.Recent).Id.Value));
        Assert.Equal((false, 0, new Login(Known, Some.Instant)), (visitor.IsUser, visitor.Recent.Count, visitor.Login));
    }

    [Fact]
    public async Task Merging_again_changes_nothing()
    {
        await WriteAsync(Anonymous());
        await _merger.MergeAsync(Visitor, Known, isTrusted: false, Token);
        ShopperProfile once = (await ReadAsync(Known))!;

        Assert.True(await _merger.MergeAsync(Visitor, Known, isTrusted: false, Token));

        Assert.Equivalent(once, await ReadAsync(Known), strict: true);
    }

    [Fact]
    public async Task Whom_a_visitor_logged_in_as_before_is_remembered_for_as_long_as_features_are()
    {
        FakeTimeProvider clock = new(Some.Instant);
        IdentityMerger merger = new(_profiles, clock);
        foreach (string user in new[] { "a", "b", "a", "c" })
        {
            await merger.MergeAsync(Visitor, Some.User(user), isTrusted: false, Token);
            clock.Advance(TimeSpan.FromDays(1));
        }

        ShopperProfile left = (await ReadAsync(Visitor))!;
        Assert.Equal("c", left.Login!.User.Value);
        Assert.Equal([new Login(Some.User("a"), Some.Instant.AddDays(2)), new Login(Some.User("b"), Some.Instant.AddDays(1))], left.EarlierLogins);

        clock.Advance(SessionFeatures.TimeToLive - TimeSpan.FromDays(2));
        await merger.MergeAsync(Visitor, Known, isTrusted: false, Token);
        Assert.Equal([new Login(Some.User("c"), Some.Instant.AddDays(3))], (await ReadAsync(Visitor))!.EarlierLogins);
    }

    [Fact]
    public async Task A_visitor_who_never_did_anything_is_the_id_to_assign_by()
    {
        Assert.True(await _merger.MergeAsync(Visitor, Known, isTrusted: false, Token));

        Assert.Equal(Visitor.Value, (await ReadAsync(Known))!.Assignment!.Value.Value);
        Assert.Equal(Visitor.Value, (await ReadAsync(Visitor))!.Assignment!.Value.Value); // what is ingested after the login goes with an erasure
    }

    [Fact]
    public async Task Who_was_logged_in_as_is_no_visitor()
    {
        await _merger.MergeAsync(Some.User("other"), Visitor, isTrusted: false, Token);

        await RefusesAsync();
    }

    public static TheoryData<string, ShopperProfile> Customers() => new()
    {
        { "sent events under another's assignment", Anonymous() with { Assignment = new AssignmentId("another"), AssignmentStamp = new EventStamp(Some.Instant, new EventId("e0")) } },
        { "bought under no assignment", Anonymous() with { Purchased = [new DistinctProduct(Some.ProductId("x"), Some.Instant, new EventId("e0"))] } },
        { "bought under none, as the last retrain counted", Anonymous() with { PurchaseCount30Days = 1 } },
    };

    [Theory]
    [MemberData(nameof(Customers))]
    public async Task A_customer_is_no_visitor(string why, ShopperProfile customer)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(why);
        await WriteAsync(customer);

        await RefusesAsync();
    }

    [Fact]
    public async Task A_guest_who_bought_under_the_own_id_takes_the_purchases_along()
    {
        DistinctProduct bought = new(Some.ProductId("x"), Some.Instant, new EventId("e1"));
        await WriteAsync(Anonymous() with
        {
            Assignment = new AssignmentId(Visitor.Value),
            AssignmentStamp = new EventStamp(Some.Instant, new EventId("e1")),
            Purchased = [bought],
            PurchaseCount30Days = 1,
        });

        Assert.True(await _merger.MergeAsync(Visitor, Known, isTrusted: false, Token));

        Assert.Equal(bought, Assert.Single((await ReadAsync(Known))!.Purchased));
    }

    [Fact]
    public async Task Whom_the_shop_itself_names_is_merged_though_a_customer()
    {
        await WriteAsync(Anonymous() with { PurchaseCount30Days = 1 });

        Assert.True(await _merger.MergeAsync(Visitor, Known, isTrusted: true, Token));

        Assert.Single((await ReadAsync(Known))!.Recent);
    }

    /// <summary>Neither document changes.</summary>
    private async Task RefusesAsync()
    {
        ShopperProfile before = (await ReadAsync(Visitor))!;

        Assert.False(await _merger.MergeAsync(Visitor, Known, isTrusted: false, Token));

        Assert.Equivalent(before, await ReadAsync(Visitor), strict: true);
        Assert.Null(await ReadAsync(Known));
    }

    private static ShopperProfile Anonymous() => Some.Profile() with
    {
        User = Visitor,
        Recent = [new RecentInteraction(new EventId("e1"), Some.ProductId("x"), EventType.Click, Some.Instant, null)],
    };

    private async Task WriteAsync(ShopperProfile profile) => Assert.Empty(await _profiles.WriteAsync([new ProfileWrite(profile, null)], Token));

    private async Task<ShopperProfile?> ReadAsync(UserId user) => (await _profiles.ReadAsync(user, Token))?.Value;
}
