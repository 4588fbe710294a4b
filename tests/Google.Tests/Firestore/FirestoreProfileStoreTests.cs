using Aisle.Events;
using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing;
using Google.Cloud.Firestore;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.Firestore;

/// <summary>What the contract suite does not ask: races, faults and strangers' documents.</summary>
public sealed class FirestoreProfileStoreTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private FirestoreDb Database => field ??= GoogleClients.Firestore(Options);

    private FirestoreProfileStore Store => field ??= new FirestoreProfileStore(Database, Impatient);

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
            refused = await Store.WriteAsync([new ProfileWrite(SessionFeatures.Merge(seen?.Value, Some.User(), [e]), seen?.Tag)], Token);
        }
    }
}
