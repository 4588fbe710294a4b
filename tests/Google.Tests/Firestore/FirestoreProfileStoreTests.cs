using Aisle.Events;
using Aisle.Events.Features;
using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing;
using CsCheck;
using Google.Cloud.Firestore;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Firestore;

/// <summary>What the contract suite does not ask: races, faults and strangers' documents.</summary>
public sealed class FirestoreProfileStoreTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private static readonly Gen<RecentInteraction> AnyRecent =
        from id in AnyIdentity
        from product in AnyIdentity
        from type in Gen.Enum<EventType>()
        from microseconds in Gen.Long[-1_000_000_000_000, 1_000_000_000_000]
        from session in AnyIdentity.Null()
        from accepted in Gen.Long[0, 1_000_000_000_000].Nullable()
        select new RecentInteraction(
            new EventId(id), new ProductId(product), type, Some.Instant.AddMicroseconds(microseconds), session is null ? null : new SessionId(session))
        {
            AcceptedAt = accepted is { } later ? Some.Instant.AddMicroseconds(later) : null,
        };

    private int _users;

    private static Gen<string> AnyIdentity => Gen.String[1, 128].Where(Identity.IsValid);

    private FirestoreDb Database => field ??= GoogleClients.Firestore(Options);

    private FirestoreProfileStore Store => field ??= new FirestoreProfileStore(Database, Impatient);

    [Fact]
    public async Task Any_profile_comes_back_as_it_was_written() => await Gen.Select(AnyRecent.List[0, 50], Gen.Float.Unit.Array[0, 64], Gen.Bool.Nullable(), Gen.Double[0, 1e12].Nullable())
        .SampleAsync(
            async (recent, embedding, consent, price) =>
            {
                UserId user = new($"u{Interlocked.Increment(ref _users)}");
                ShopperProfile profile = Some.Profile(user.Value) with { Recent = recent, UserEmbedding = embedding, Consent = consent, AveragePriceMinor = price };
                await Store.WriteAsync([new ProfileWrite(profile, null)], Token);

                Assert.Equivalent(profile, (await Store.ReadAsync(user, Token))!.Value, strict: true);
            },
            iter: 50);

    [Fact]
    public async Task No_property_of_a_profile_is_forgotten()
    {
        EventStamp stamp = new(Some.Instant, new EventId("e1"));
        ShopperProfile full = Some.Profile() with
        {
            Assignment = new AssignmentId("a1"),
            AssignmentStamp = stamp,
            Recent = [new RecentInteraction(new EventId("e1"), Some.ProductId(), EventType.View, Some.Instant, null)],
            DistinctProducts = [new DistinctProduct(Some.ProductId(), Some.Instant, new EventId("e1"))],
            Purchased = [new DistinctProduct(Some.ProductId(), Some.Instant, new EventId("e1"))],
            UserEmbedding = [0.5f],
            AveragePriceMinor = 12.5,
            PurchaseCount30Days = 3,
            AgeBracket = "25-34",
            Location = "FR",
            DeviceType = "mobile",
            DeviceStamp = stamp,
            Consent = true,
            Login = new Login(Some.User(), Some.Instant),
            EarlierLogins = [new Login(Some.User("before"), Some.Instant.AddDays(-1))],
        };
        await Store.WriteAsync([new ProfileWrite(full, null)], Token);

        ShopperProfile read = (await Store.ReadAsync(full.User, Token))!.Value;

        Assert.Equivalent(full, read, strict: true);
        Assert.All(typeof(ShopperProfile).GetProperties(), property => Assert.True(
            property.GetValue(read) is not (null or 0 or System.Collections.ICollection { Count: 0 }), $"{property.Name} is empty in this "
                + "test: fill it above."));
    }

    [Fact]
    public async Task Twenty_writers_that_read_and_retry_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(MergeAsync));

        ShopperProfile merged = (await Store.ReadAsync(Some.User(), Token))!.Value;

        Assert.Equal(20, merged.Recent.Count);
    }

    [Fact]
    public async Task Passing_faults_of_single_writes_are_tried_again()
    {
        Google.Firestore.Faults.Add("write", StatusCode.Unavailable, StatusCode.ResourceExhausted, StatusCode.Aborted);
        ProfileWrite[] writes = [.. Enumerable.Range(0, 3).Select(i => new ProfileWrite(Some.Profile($"u{i}"), null))];

        IReadOnlyList<UserId> refused = await Store.WriteAsync(writes, Token);

        Assert.Empty(refused);
        Assert.Equal(3, (await Store.ReadManyAsync([.. writes.Select(write => write.Profile.User)], Token)).Count);
    }

    [Fact]
    public async Task Of_two_writes_of_one_shopper_in_one_call_the_second_is_refused()
    {
        ProfileWrite first = new(Some.Profile() with { Location = "FR" }, null);
        ProfileWrite second = new(Some.Profile() with { Location = "DE" }, null);

        Assert.Equal([Some.User()], await Store.WriteAsync([first, second], Token));
        Assert.Equal("FR", (await Store.ReadAsync(Some.User(), Token))!.Value.Location);
    }

    [Fact]
    public async Task A_missing_role_is_no_conflict()
    {
        Google.Firestore.Faults.Add("write", StatusCode.PermissionDenied);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => Store.WriteAsync([new ProfileWrite(Some.Profile(), null)], Token));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_no_status_but_a_cancellation()
    {
        using CancellationTokenSource gaveUp = new();
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(Some.User(), gaveUp.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync([new ProfileWrite(Some.Profile(), null)], gaveUp.Token));
    }

    [Fact]
    public async Task A_document_that_another_program_wrote_is_named_with_its_field()
    {
        await Database.Collection("profiles").Document(DocumentIds.Hashed("u1"))
            .SetAsync(new Dictionary<string, object> { ["user_id"] = "u1", ["recent"] = "none" }, cancellationToken: Token);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(Some.User("u1"), Token));

        Assert.Contains("recent is String", refused.Message);
    }

    [Fact]
    public async Task A_foreign_tag_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync([new ProfileWrite(Some.Profile(), "7")], Token));

    private async Task MergeAsync(int number)
    {
        InteractionEvent e = Some.Event($"e{number}", product: $"p{number}");
        IReadOnlyList<UserId> refused = [Some.User()];
        while (refused.Count > 0)
        {
            Versioned<ShopperProfile>? seen = await Store.ReadAsync(Some.User(), Token);
            refused = await Store.WriteAsync([new ProfileWrite(SessionFeatures.Merge(seen?.Value, Some.User(), [e])!, seen?.Tag)], Token);
        }
    }
}
