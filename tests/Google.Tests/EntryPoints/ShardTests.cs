using System.Net;
using System.Text;
using Aisle.Candidates.Hybrid;
using Aisle.Events;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Tests.Servers.BigQuery;
using Aisle.GoogleCloud.Training;
using Aisle.RetrainTrigger.GoogleCloud;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Google.Cloud.BigQuery.V2;
using Google.Cloud.Functions.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>Lists by many workers: spread by ticks, pushed by Pub/Sub to the service, written once whatever is redelivered.</summary>
public sealed class ShardTests(GoogleFixture fixture) : EntryPointTest(fixture)
{
    private static readonly DateTimeOffset AsOf = Some.Instant;

    /// <summary>No other test's.</summary>
    private string Version => $"{Options.Dataset}x";

    private static HybridWeights Learnt { get; } = HybridWeights.Of(new HybridOptions { Alpha = 0.125 });

    private static TimeProvider Clock { get; } = new FakeTimeProvider(Some.Instant);

    private BigQueryEndpoints Server => Google.BigQuery.Endpoints;

    [Fact]
    public async Task A_pushed_shard_is_written_and_its_repetition_does_nothing()
    {
        Answer(["u1", "ContentOnly", "p1", "0.9", "Content"], ["u2", "ContentOnly", "p2", "0.7", "Content"]);
        using FunctionTestServer server = StartServer();

        HttpStatusCode first = await PushAsync(server, new ShardMessage(Version, AsOf, 2));
        HttpStatusCode again = await PushAsync(server, new ShardMessage(Version, AsOf, 2));

        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (first, again));
        FirestoreCandidateStore store = new(GoogleClients.Firestore(Options), Clock, writers: 1);
        Assert.Equal("p2", Assert.Single((await store.ReadAsync(Version, new UserId("u2"), Token))!.Items).Product.Value);
        ShardRecord record = await Ledger.ReadAsync(Version, 2, Token);
        Assert.Equal((2, true), (record.Written, record.IsDone));
    }

    [Fact]
    public async Task A_shard_that_BigQuery_still_computes_comes_again()
    {
        Answer(["u1", "ContentOnly", "p1", "0.9", "Content"]);
        Server.Fates.Looks[$"aisle_{Version}_candidates_1_"] = 1;
        using FunctionTestServer server = StartServer();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PushAsync(server, new ShardMessage(Version, AsOf, 1)));
        Assert.Equal(HttpStatusCode.NoContent, await PushAsync(server, new ShardMessage(Version, AsOf, 1)));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"model_version\":\"v\",\"as_of\":\"2026-01-15T00:00:00Z\",\"shard\":4000}")]
    [InlineData("{\"model_version\":\"\",\"as_of\":\"2026-01-15T00:00:00Z\",\"shard\":1}")]
    [InlineData("{\"model_version\":\"v\",\"as_of\":\"2026-01-15T00:00:00Z\",\"shard\":1,\"weights\":{\"alpha\":0.5}}")]
    [InlineData("{\"model_version\":\"v\",\"as_of\":\"2026-01-15T00:00:00Z\",\"shard\":1,\"weights\":{\"alpha\":7,\"beta\":0,\"neighbour_share\":0,\"walk_share\":0,\"content_tier\":{},\"neighbour_tier\":{}}}")]
    [InlineData("{\"model_version\":\"v\",\"as_of\":\"2026-01-15T00:00:00Z\",\"shard\":1,\"weights\":{\"alpha\":0.5,\"beta\":0,\"neighbour_share\":0,\"walk_share\":0,\"content_tier\":null,\"neighbour_tier\":{}}}")]
    public async Task A_message_that_names_no_shard_is_parked_and_taken_away(string data)
    {
        using FunctionTestServer server = StartServer();

        Assert.Equal(HttpStatusCode.NoContent, await PushAsync(server, Encoding.UTF8.GetBytes(data)));

        BigQueryResults parked = await GoogleClients.BigQuery(Options).ExecuteQueryAsync(
            $"SELECT reason FROM {Options.Dataset}.parked_messages", parameters: null, cancellationToken: Token);
        Assert.Contains("names no shard", (string)Assert.Single(parked)["reason"]);
    }

    /// <summary>BigQuery ML's figures come with the last shard, and what its own lists have in common with ours is warned of when it is little.</summary>
    [Fact]
    public async Task What_BigQuery_ML_says_of_its_fit_is_told_at_the_end_and_fails_no_run()
    {
        Server.StandIn(Version, new QueryAnswer([("mean_average_precision", "FLOAT"), ("agreement", "FLOAT")], [["0.25", "0.5"]], null));
        InMemoryCatalogueStore catalogue = new();
        await catalogue.UpsertAsync([Some.Product("p1")], Token);
        Server.Fates.Looks[$"aisle_{Version}_evaluation_"] = 1;
        MemoryLogger<WarehouseListWriter> log = new();
        TrainingOptions training = new() { Shards = 1 };
        GoogleOptions options = Options with { ShardsTopic = "alerts", Shards = 1 };
        WarehouseListWriter writer = new(
            new WarehouseTrainer(GoogleClients.BigQuery(options), options, training, catalogue, Impatient), training, Ledger,
            new ShardPublisher(GoogleClients.Publisher(options), options), Clock, log);

        await writer.AdvanceAsync(Version, AsOf, Learnt, Token);
        Assert.DoesNotContain(log.ListLogEntries(), entry => entry.Message.Contains("its fit"));
        await Ledger.WriteAsync(Version, [new ShardRecord(0, 1, IsDone: true, Some.Instant)], Token);
        ListProgress end = await writer.AdvanceAsync(Version, AsOf, Learnt, Token);

        Assert.Equal(new ListProgress(1, 0), end);
        Assert.Contains(log.ListLogEntries(), entry => entry.Message.Contains("mean_average_precision 0.25, agreement 0.5"));
        Assert.Contains(log.ListLogEntries(), entry => entry.Message.Contains("0.5 of them are found again"));

        Server.Fates.Withheld[$"aisle_{Version}_evaluation_"] = (429, "quotaExceeded"); // passes, and the client library does not try it again by itself
        Assert.Equal(new ListProgress(1, 0), await writer.AdvanceAsync(Version, AsOf, Learnt, Token));
        Assert.Contains(log.ListLogEntries(), entry => entry.Message.Contains("could not judge"));

        Server.Fates.Fail($"aisle_{Version}_evaluation_", "invalidQuery", "No such model.");
        Assert.Equal(new ListProgress(1, 0), await writer.AdvanceAsync(Version, AsOf, Learnt, Token));
    }

    [Fact]
    public async Task Ticks_train_then_spread_the_shards_once_and_end_when_all_are_written()
    {
        Answer();
        InMemoryCatalogueStore catalogue = new();
        await catalogue.UpsertAsync([Some.Product("p1")], Token);
        Server.Fates.Looks[$"aisle_{Version}_factors_"] = 1;
        TrainingOptions training = new() { Shards = 5 };
        GoogleOptions options = Options with { ShardsTopic = "alerts", Shards = 5 };
        WarehouseListWriter writer = new(
            new WarehouseTrainer(GoogleClients.BigQuery(options), options, training, catalogue, Impatient), training, Ledger,
            new ShardPublisher(GoogleClients.Publisher(options), options), Clock, NullLogger<WarehouseListWriter>.Instance);

        ListProgress training1 = await writer.AdvanceAsync(Version, AsOf, Learnt, Token);
        ListProgress spread = await writer.AdvanceAsync(Version, AsOf, Learnt, Token);
        ListProgress waiting = await writer.AdvanceAsync(Version, AsOf, Learnt, Token);
        ShardMessage[] published = [.. Google.PubSub.Broker.Published(Options.ProjectId, "alerts").Select(message => ShardMessage.Parse(message.Data.Span)!)];
        await Ledger.WriteAsync(Version, Enumerable.Range(0, 5).Select(shard => new ShardRecord(shard, 1, IsDone: true, Some.Instant)), Token);
        ListProgress end = await writer.AdvanceAsync(Version, AsOf, Learnt, Token);

        Assert.Equal([new(0, 5), new(0, 5), new(0, 5), new ListProgress(5, 0)], [training1, spread, waiting, end]);
        Assert.Equal(5, published.Length);
        Assert.All(published, message => Assert.Equal(Learnt, message.Weights));
    }

    [Fact]
    public async Task A_refused_training_fails_the_run_with_the_remedy()
    {
        Answer();
        InMemoryCatalogueStore catalogue = new();
        await catalogue.UpsertAsync([Some.Product("p1")], Token);
        Server.Fates.Fail($"aisle_{Version}_factors_", "invalidQuery", "Training Matrix Factorization models is not available for on-demand usage.");
        WarehouseListWriter writer = new(
            new WarehouseTrainer(GoogleClients.BigQuery(Options), Options, new TrainingOptions(), catalogue, Impatient), new TrainingOptions(), Ledger,
            new ShardPublisher(GoogleClients.Publisher(Options), Options), Clock, NullLogger<WarehouseListWriter>.Instance);

        RunFailedException failed = await Assert.ThrowsAsync<RunFailedException>(() => writer.AdvanceAsync(Version, AsOf, Learnt, Token));

        Assert.Contains("needs a reservation", failed.Message);
    }

    private FunctionTestServer StartServer() => Start<RetrainTriggerFunction>(
        new RetrainTriggerStartup(), new Dictionary<string, string?>(Variables) { ["AISLE_TRAINER"] = "bigquery", ["AISLE_SHARDS_TOPIC"] = "alerts" });

    private static Task<HttpStatusCode> PushAsync(FunctionTestServer server, ShardMessage message) => PushAsync(server, message.ToBytes());

    /// <summary>As Pub/Sub pushes: no key, the message in base64.</summary>
    private static async Task<HttpStatusCode> PushAsync(FunctionTestServer server, byte[] data)
    {
        string push = $$"""{"message":{"data":"{{Convert.ToBase64String(data)}}","messageId":"m1","publishTime":"2026-01-15T10:00:00Z"},"subscription":"projects/p/subscriptions/s"}""";
        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Post, ShardRoute.Path, key: null, push);
        return answer.StatusCode;
    }

    private FirestoreShardLedger Ledger => field ??= new FirestoreShardLedger(GoogleClients.Firestore(Options), Clock);

    private void Answer(params string?[][] rows) => Server.StandIn(
        Version, new QueryAnswer([("user_id", "STRING"), ("strategy", "STRING"), ("product_id", "STRING"), ("score", "FLOAT"), ("source", "STRING")], rows, null));
}
