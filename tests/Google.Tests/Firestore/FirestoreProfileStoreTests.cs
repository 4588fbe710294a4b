using Aisle.Events;
using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Google.Cloud.Firestore;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Firestore;

public sealed class FirestoreProfileStoreTests : GoogleTest
{
    private static readonly UserId User = new("u1");

    private FirestoreDb Database => field ??= GoogleClients.Firestore(Google.Options);

    private FirestoreProfileStore Store => field ??= new FirestoreProfileStore(Database, Impatient);

    [Fact]
    public async Task A_full_profile_comes_back_as_it_was_written()
    {
        ShopperProfile profile = Full();
        await Store.WriteAsync([new ProfileWrite(profile, null)], Token);

        ShopperProfile read = (await Store.ReadAsync(User, Token))!.Value;

        Assert.Equivalent(profile, read, strict: true);
    }

    [Fact]
    public async Task Twenty_writers_that_read_and_retry_lose_nothing()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(MergeAsync));

        ShopperProfile merged = (await Store.ReadAsync(User, Token))!.Value;

        Assert.Equal(20, merged.Recent.Count);
    }

    [Fact]
    public async Task Passing_faults_of_single_writes_are_tried_again()
    {
        Google.Firestore.Faults.Add("write", StatusCode.Unavailable, StatusCode.ResourceExhausted, StatusCode.Aborted);
        ProfileWrite[] writes = [.. Enumerable.Range(0, 3).Select(i => new ProfileWrite(Minimal($"u{i}"), null))];

        IReadOnlyList<UserId> refused = await Store.WriteAsync(writes, Token);

        Assert.Empty(refused);
        Assert.Equal(3, (await Store.ReadManyAsync([.. writes.Select(write => write.Profile.User)], Token)).Count);
    }

    [Fact]
    public async Task A_missing_role_is_no_conflict()
    {
        Google.Firestore.Faults.Add("write", StatusCode.PermissionDenied);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => Store.WriteAsync([new ProfileWrite(Minimal("u1"), null)], Token));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    [Fact]
    public async Task A_caller_who_gives_up_gets_no_status_but_a_cancellation()
    {
        using CancellationTokenSource gaveUp = new();
        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(User, gaveUp.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync([new ProfileWrite(Minimal("u1"), null)], gaveUp.Token));
    }

    [Fact]
    public async Task A_document_that_another_program_wrote_is_named_with_its_field()
    {
        await Database.Collection("profiles").Document(DocumentIds.Hashed("u1"))
            .SetAsync(new Dictionary<string, object> { ["user_id"] = "u1", ["recent"] = "none" }, cancellationToken: Token);

        InvalidDataException refused = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadAsync(User, Token));

        Assert.Contains("recent is String", refused.Message);
    }

    [Fact]
    public async Task A_foreign_tag_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Store.WriteAsync([new ProfileWrite(Minimal("u1"), "7")], Token));

    private async Task MergeAsync(int number)
    {
        InteractionEvent e = new()
        {
            Id = new EventId($"e{number}"),
            User = User,
            Type = EventType.View,
            Product = new ProductId($"p{number}"),
            OccurredAt = Now.AddSeconds(number),
            IngestedAt = Now,
        };
        IReadOnlyList<UserId> refused = [User];
        while (refused.Count > 0)
        {
            Versioned<ShopperProfile>? seen = await Store.ReadAsync(User, Token);
            refused = await Store.WriteAsync([new ProfileWrite(SessionFeatures.Merge(seen?.Value, User, [e]), seen?.Tag)], Token);
        }
    }

    private static ShopperProfile Minimal(string user) =>
        new() { User = new UserId(user), NewestEventAt = Now, ExpiresAt = Now + SessionFeatures.TimeToLive };

    private static ShopperProfile Full() => new()
    {
        User = User,
        Assignment = new AssignmentId("a1"),
        Recent = [new RecentInteraction(new EventId("e1"), new ProductId("p/1"), EventType.AddToCart, Now.AddMicroseconds(1), new SessionId("s1"))],
        DistinctProducts = [new DistinctProduct(new ProductId("p/1"), Now.AddMicroseconds(1), new EventId("e1"))],
        UserEmbedding = [0.1f, -3, float.Epsilon],
        AveragePriceMinor = 12.5,
        PurchaseCount30Days = 3,
        AgeBracket = "25-34",
        Location = "FR",
        DeviceType = "mobile",
        Consent = false,
        NewestEventAt = Now,
        ExpiresAt = Now + SessionFeatures.TimeToLive,
    };
}
