using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.Testing.Contracts;

/// <summary>What every profile store promises.</summary>
public abstract class ProfileStoreContract
{
    protected abstract Task<IProfileStore> CreateAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_document_comes_back_as_it_was_written()
    {
        IProfileStore store = await CreateAsync();
        ShopperProfile profile = Some.Profile() with
        {
            Assignment = new AssignmentId("visitor-1"),
            Recent = [new RecentInteraction(new EventId("e1"), Some.ProductId("x"), EventType.Click, Some.Instant.AddTicks(10), new SessionId("s1")) { AcceptedAt = Some.Instant.AddTicks(20) }],
            DistinctProducts = [new DistinctProduct(Some.ProductId("x"), Some.Instant, new EventId("e1"))],
            Purchased = [new DistinctProduct(Some.ProductId("y"), Some.Instant.AddDays(-30), new EventId("e0")), new DistinctProduct(Some.ProductId("x"), Some.Instant.AddDays(-40), new EventId("e-1"))],
            UserEmbedding = [0.25f, -1.5f],
            AveragePriceMinor = 1234.5,
            PurchaseCount30Days = 3,
            AgeBracket = "25-34",
            Location = "DE",
            DeviceType = "mobile",
            Consent = true,
            IsUser = true,
            Login = new Login(Some.User("known"), Some.Instant.AddTicks(30)),
            EarlierLogins = [new Login(Some.User("before"), Some.Instant.AddTicks(20)), new Login(Some.User("first"), Some.Instant.AddTicks(10))],
        };

        Assert.Empty(await store.WriteAsync([new ProfileWrite(profile, null)], Token));
        Versioned<ShopperProfile>? read = await store.ReadAsync(profile.User, Token);

        Assert.NotNull(read);
        Assert.Equivalent(profile, read.Value, strict: true);
    }

    [Fact]
    public async Task An_unknown_shopper_has_no_document() =>
        Assert.Null(await (await CreateAsync()).ReadAsync(Some.User("nobody"), Token));

    [Fact]
    public async Task Of_two_writers_who_read_the_same_state_one_is_refused()
    {
        IProfileStore store = await CreateAsync();
        await store.WriteAsync([new ProfileWrite(Some.Profile(), null)], Token);
        Versioned<ShopperProfile> seen = (await store.ReadAsync(Some.User(), Token))!;

        IReadOnlyList<UserId> first = await store.WriteAsync([new ProfileWrite(seen.Value with { PurchaseCount30Days = 1 }, seen.Tag)], Token);
        IReadOnlyList<UserId> second = await store.WriteAsync([new ProfileWrite(seen.Value with { PurchaseCount30Days = 2 }, seen.Tag)], Token);

        Assert.Empty(first);
        Assert.Equal([Some.User()], second);
        Assert.Equal(1, (await store.ReadAsync(Some.User(), Token))!.Value.PurchaseCount30Days);
    }

    [Fact]
    public async Task A_first_write_is_refused_when_there_is_a_document()
    {
        IProfileStore store = await CreateAsync();
        await store.WriteAsync([new ProfileWrite(Some.Profile(), null)], Token);

        Assert.Equal([Some.User()], await store.WriteAsync([new ProfileWrite(Some.Profile(), null)], Token));
    }

    [Fact]
    public async Task One_refused_write_does_not_hinder_the_others()
    {
        IProfileStore store = await CreateAsync();
        await store.WriteAsync([new ProfileWrite(Some.Profile("a"), null)], Token);

        IReadOnlyList<UserId> refused = await store.WriteAsync([new ProfileWrite(Some.Profile("a"), null), new ProfileWrite(Some.Profile("b"), null)], Token);

        Assert.Equal([Some.User("a")], refused);
        Assert.NotNull(await store.ReadAsync(Some.User("b"), Token));
    }

    [Fact]
    public async Task Several_are_read_at_once_and_the_missing_are_absent()
    {
        IProfileStore store = await CreateAsync();
        await store.WriteAsync([new ProfileWrite(Some.Profile("a"), null), new ProfileWrite(Some.Profile("b"), null)], Token);

        IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> found = await store.ReadManyAsync([Some.User("a"), Some.User("b"), Some.User("c")], Token);

        Assert.Equal(["a", "b"], found.Keys.Select(user => user.Value).Order());
    }

    [Fact]
    public async Task The_visitors_who_became_a_user_are_found_and_nobody_else()
    {
        IProfileStore store = await CreateAsync();
        ShopperProfile Visitor(string id, string user) => Some.Profile(id) with { Login = new Login(Some.User(user), Some.Instant) };
        ShopperProfile mention = Some.Profile("c") with { Assignment = new AssignmentId("known") };
        ShopperProfile shared = Visitor("e", "another") with { EarlierLogins = [new Login(Some.User("third"), Some.Instant), new Login(Some.User("known"), Some.Instant)] };
        await store.WriteAsync([.. new[] { Some.Profile("known"), Visitor("a", "known"), Visitor("b", "another"), mention, Visitor("d", "known"), shared }.Select(profile => new ProfileWrite(profile, null))], Token);

        Assert.Equal(["a", "d", "e"], (await store.VisitorsOfAsync(Some.User("known"), Token)).Select(user => user.Value).Order());
        Assert.Empty(await store.VisitorsOfAsync(Some.User("a"), Token));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_and_deleting_it_again_is_fine()
    {
        IProfileStore store = await CreateAsync();
        await store.WriteAsync([new ProfileWrite(Some.Profile(), null)], Token);

        await store.DeleteAsync(Some.User(), Token);
        await store.DeleteAsync(Some.User(), Token);

        Assert.Null(await store.ReadAsync(Some.User(), Token));
    }
}
