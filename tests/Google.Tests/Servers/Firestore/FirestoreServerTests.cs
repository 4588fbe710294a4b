using Google.Cloud.Firestore;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>The server answers the real client library as Firestore does, where a lenient stand-in would answer wrongly.</summary>
public sealed class FirestoreServerTests : IAsyncLifetime
{
    private FirestoreServer _server = null!;
    private FirestoreDb _database = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await FirestoreServer.StartAsync(new FakeTimeProvider());
        _database = GoogleClients.Firestore(new GoogleOptions
        {
            ProjectId = "aisle-test",
            ModelsFolder = "/models",
            Dataset = "aisle",
            EventsTopic = "events",
            FirestoreEmulator = _server.Address,
        });
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Twenty_transactions_that_count_at_once_count_to_twenty()
    {
        DocumentReference counter = _database.Document("counters/one");
        await counter.SetAsync(new Dictionary<string, object> { ["n"] = 0 }, cancellationToken: Token);
        TransactionOptions patient = TransactionOptions.ForMaxAttempts(100);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _database.RunTransactionAsync(
            async transaction =>
            {
                DocumentSnapshot seen = await transaction.GetSnapshotAsync(counter, Token);
                transaction.Set(counter, new Dictionary<string, object> { ["n"] = seen.GetValue<long>("n") + 1 });
            },
            patient,
            Token)));

        Assert.Equal(20, (await counter.GetSnapshotAsync(Token)).GetValue<long>("n"));
    }

    [Fact]
    public async Task A_transaction_that_queried_is_aborted_when_the_answer_has_changed()
    {
        CollectionReference seats = _database.Collection("seats");
        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => _database.RunTransactionAsync(
            async transaction =>
            {
                QuerySnapshot taken = await transaction.GetSnapshotAsync(seats.WhereEqualTo("row", 1), Token);
                await seats.AddAsync(new Dictionary<string, object> { ["row"] = 1 }, Token);
                transaction.Set(seats.Document("mine"), new Dictionary<string, object> { ["row"] = 1, ["seen"] = taken.Count });
            },
            TransactionOptions.ForMaxAttempts(1),
            Token));

        Assert.Equal(StatusCode.Aborted, refused.StatusCode);
    }

    [Fact]
    public async Task A_batch_whose_last_write_fails_writes_nothing()
    {
        WriteBatch batch = _database.StartBatch()
            .Set(_database.Document("a/1"), new Dictionary<string, object> { ["x"] = 1 })
            .Delete(_database.Document("a/2"), Precondition.MustExist);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(() => batch.CommitAsync(Token));

        Assert.Equal(StatusCode.NotFound, refused.StatusCode);
        Assert.False((await _database.Document("a/1").GetSnapshotAsync(Token)).Exists);
    }

    [Fact]
    public async Task Setting_a_document_removes_its_other_fields()
    {
        DocumentReference document = _database.Document("a/1");
        await document.SetAsync(new Dictionary<string, object> { ["x"] = 1, ["y"] = 2 }, cancellationToken: Token);
        await document.SetAsync(new Dictionary<string, object> { ["y"] = 3 }, cancellationToken: Token);

        Dictionary<string, object> fields = (await document.GetSnapshotAsync(Token)).ToDictionary();

        Assert.Equal([new KeyValuePair<string, object>("y", 3L)], fields);
    }

    [Fact]
    public async Task A_stale_update_time_is_refused()
    {
        DocumentReference document = _database.Document("a/1");
        WriteResult first = await document.SetAsync(new Dictionary<string, object> { ["x"] = 1 }, cancellationToken: Token);
        await document.SetAsync(new Dictionary<string, object> { ["x"] = 2 }, cancellationToken: Token);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => document.DeleteAsync(Precondition.LastUpdated(first.UpdateTime), Token));

        Assert.Equal(StatusCode.FailedPrecondition, refused.StatusCode);
    }

    [Fact]
    public async Task Creating_what_exists_is_refused()
    {
        DocumentReference document = _database.Document("a/1");
        await document.CreateAsync(new Dictionary<string, object> { ["x"] = 1 }, Token);

        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => document.CreateAsync(new Dictionary<string, object> { ["x"] = 2 }, Token));

        Assert.Equal(StatusCode.AlreadyExists, refused.StatusCode);
    }

    [Fact]
    public async Task Queries_filter_order_page_and_stay_in_their_collection()
    {
        foreach (int n in Enumerable.Range(1, 9))
        {
            await _database.Document($"a/{n}").SetAsync(new Dictionary<string, object> { ["n"] = n, ["odd"] = n % 2 == 1 }, cancellationToken: Token);
            await _database.Document($"a/{n}/a/{n}").SetAsync(new Dictionary<string, object> { ["n"] = n, ["odd"] = true }, cancellationToken: Token);
        }

        Query odd = _database.Collection("a").WhereEqualTo("odd", true).OrderByDescending("n");
        QuerySnapshot first = await odd.Limit(2).GetSnapshotAsync(Token);
        QuerySnapshot second = await odd.StartAfter(first.Documents[^1]).Limit(2).GetSnapshotAsync(Token);

        Assert.Equal(["9", "7"], first.Documents.Select(document => document.Id));
        Assert.Equal(["5", "3"], second.Documents.Select(document => document.Id));
    }

    [Fact]
    public async Task A_list_is_searched_for_a_member()
    {
        await _database.Document("a/1").SetAsync(new Dictionary<string, object> { ["tags"] = new List<string> { "y", "x" } }, cancellationToken: Token);
        await _database.Document("a/2").SetAsync(new Dictionary<string, object> { ["tags"] = new List<string> { "y" } }, cancellationToken: Token);
        await _database.Document("a/3").SetAsync(new Dictionary<string, object> { ["tags"] = "x" }, cancellationToken: Token);

        QuerySnapshot found = await _database.Collection("a").WhereArrayContains("tags", "x").GetSnapshotAsync(Token);

        Assert.Equal("1", Assert.Single(found.Documents).Id);
    }

    [Fact]
    public async Task What_the_server_does_not_know_it_refuses()
    {
        RpcException refused = await Assert.ThrowsAsync<RpcException>(
            () => _database.Collection("a").WhereIn("tags", new List<string> { "x" }).GetSnapshotAsync(Token));

        Assert.Equal(StatusCode.Unimplemented, refused.StatusCode);
    }
}
