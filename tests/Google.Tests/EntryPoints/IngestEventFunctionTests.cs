using System.Net;
using System.Text;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Events.Wire;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Firestore;
using Aisle.GoogleCloud.PubSub;
using Aisle.IngestEvent.GoogleCloud;
using Aisle.Sql;
using Aisle.Testing;
using Google.Cloud.Functions.Testing;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>The wire forms in which Pub/Sub and Eventarc deliver, and what becomes of good, bad and repeated messages.</summary>
public sealed class IngestEventFunctionTests(GoogleFixture fixture) : EntryPointTest(fixture)
{
    private const string Published = "google.cloud.pubsub.topic.v1.messagePublished";

    private static readonly string View = Convert.ToBase64String(EventWire.Encode(Some.Event()));

    public static TheoryData<string> Forms { get; } = ["binary", "structured", "push"];

    [Theory, MemberData(nameof(Forms))]
    public async Task An_event_reaches_the_warehouse_and_the_profile_in_each_form(string form)
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(server, form, Push(View)));

        Assert.Equal(Some.ProductId(), Assert.Single(await ScoresAsync()).Product);
        Assert.Equal(new EventId("event-1"), Assert.Single((await ProfileAsync())!.Recent).Id);
    }

    [Fact]
    public async Task A_message_delivered_five_times_counts_once()
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        HttpStatusCode[] answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => DeliverAsync(server, "push", Push(View))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(1, Assert.Single(await ScoresAsync()).Score);
        Assert.Single((await ProfileAsync())!.Recent);
    }

    [Theory]
    [InlineData("bm8gSlNPTg==", "body:")]
    [InlineData("e30=", "event_id")]
    [InlineData("", "body:")]
    public async Task A_poisonous_message_is_parked_with_the_reason_and_never_comes_again(string data, string reason)
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(server, "binary", Push(data)));

        string parked = Assert.Single(await ParkedAsync());
        Assert.StartsWith("m1 ", parked);
        Assert.Contains(reason, parked);
        Assert.Empty(await ScoresAsync());
    }

    [Fact]
    public async Task Another_kind_of_event_is_parked()
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(server, "binary", Push(View), type: "google.cloud.storage.object.v1.finalized"));

        Assert.Contains("finalized is not handled here", Assert.Single(await ParkedAsync()));
        Assert.Empty(await ScoresAsync());
    }

    [Fact]
    public async Task A_store_fault_goes_through_to_the_host_which_answers_500_and_the_next_delivery_succeeds()
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());
        Google.Firestore.Faults.Add("write", StatusCode.PermissionDenied);

        await Assert.ThrowsAsync<RpcException>(() => DeliverAsync(server, "push", Push(View))); // the test server hands it on
        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(server, "push", Push(View)));

        Assert.Equal(1, Assert.Single(await ScoresAsync()).Score);
        Assert.Single((await ProfileAsync())!.Recent);
    }

    [Fact]
    public async Task What_is_no_delivery_at_all_is_answered_400()
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        Assert.Equal(HttpStatusCode.BadRequest, await DeliverAsync(server, "push", "{}"));
    }

    [Fact]
    public async Task Probes_are_answered()
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        using HttpResponseMessage ready = await SendAsync(server, HttpMethod.Get, "/readyz", key: null);

        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);
    }

    [Fact]
    public async Task What_the_collector_accepts_the_event_function_keeps()
    {
        using FunctionTestServer collector = Start<CollectEventsFunction>(new CollectEventsStartup());
        using FunctionTestServer ingester = Start<IngestEventFunction>(new IngestEventStartup());
        string[] events = [.. Enumerable.Range(0, 3).Select(i =>
            $$"""{"event_id":"e{{i}}","user_id":"raw","event_type":"purchase","product_id":"p{{i}}","event_timestamp":"2026-01-15T12:00:00Z","order_id":"o","quantity":1,"unit_price":2.50,"currency":"EUR"}""")];

        using HttpResponseMessage accepted = await SendAsync(
            collector, HttpMethod.Post, "/v1/events", CollectorKey, $$"""{"events":[{{string.Join(',', events)}}]}""");
        Assert.Contains("\"accepted\":3", await accepted.Content.ReadAsStringAsync(Token));
        foreach (Google.Cloud.PubSub.V1.PubsubMessage message in Google.PubSub.Broker.Published(Options.ProjectId, "events"))
        {
            await DeliverAsync(ingester, "push", Push(message.Data.ToBase64()));
        }

        Assert.Equal(["p0", "p1", "p2"], (await ScoresAsync()).Select(score => score.Product.Value).Order());
    }

    [Fact]
    public async Task Slates_that_the_scorer_published_are_kept_once_however_often_they_come()
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());
        string data = Convert.ToBase64String(SlateMessage.Encode([Some.Slate("s", "x", "y"), Some.Slate("t", "x")]));

        HttpStatusCode first = await DeliverAsync(server, "push", Push(data, SlateMessage.Schema));
        HttpStatusCode again = await DeliverAsync(server, "push", Push(data, SlateMessage.Schema));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, again));
        Assert.Equal(["s 1 x", "s 2 y", "t 1 x"], await TextsAsync("SELECT slate_id || ' ' || CAST(position AS STRING) || ' ' || "
            + "product_id FROM slate_items ORDER BY slate_id, position"));
        Assert.Empty(await ParkedAsync());
    }

    [Theory]
    [InlineData("no JSON", "body:")]
    [InlineData("[]", "no slate")]
    [InlineData("[{\"slate_id\":\"s\"}]", "surface")]
    [InlineData("[null]", "body:")]
    [InlineData("[{\"slate_id\":\"s\",\"user_id\":null,\"surface\":\"home\",\"strategies\":[],\"variants\":[],\"model_version\":null,\"seed\":1,\"eligible_count\":1,\"inputs\":null,\"served_at\":\"2026-01-15T00:00:00Z\",\"items\":[null]}]", "body:")]
    public async Task What_holds_no_slates_is_parked_with_the_reason(string body, string reason)
    {
        using FunctionTestServer server = Start<IngestEventFunction>(new IngestEventStartup());

        Assert.Equal(HttpStatusCode.OK, await DeliverAsync(server, "push", Push(Convert.ToBase64String(Encoding.UTF8.GetBytes(body)), SlateMessage.Schema)));

        Assert.Contains(reason, Assert.Single(await ParkedAsync()));
    }

    private static string Push(string data, string schema = "interaction_event/1") =>
        $$"""
        {"message":{"data":"{{data}}","attributes":{"schema":"{{schema}}"},"messageId":"m1","message_id":"m1",
        "publishTime":"2026-01-15T12:00:00.5Z","publish_time":"2026-01-15T12:00:00.5Z"},"subscription":"projects/p/subscriptions/s","deliveryAttempt":1}
        """;

    private static async Task<HttpStatusCode> DeliverAsync(FunctionTestServer server, string form, string push, string type = Published)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, form == "push" ? "/projects/p/topics/t" : "/");
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(form == "structured" ? Structured(push, type) : push));
        request.Content.Headers.TryAddWithoutValidation("Content-Type", form == "structured" ? "application/cloudevents+json" : "application/json");
        if (form == "binary")
        {
            request.Headers.Add("ce-specversion", "1.0");
            request.Headers.Add("ce-type", type);
            request.Headers.Add("ce-source", "//pubsub.googleapis.com/projects/p/topics/t");
            request.Headers.Add("ce-id", "m1");
        }

        using HttpClient client = server.CreateClient();
        using HttpResponseMessage answer = await client.SendAsync(request, Token);
        return answer.StatusCode;
    }

    private static string Structured(string push, string type) =>
        $$"""{"specversion":"1.0","type":"{{type}}","source":"//pubsub.googleapis.com/projects/p/topics/t","id":"m1","datacontenttype":"application/json","data":{{push}}}""";

    private async Task<ShopperProfile?> ProfileAsync() =>
        (await new FirestoreProfileStore(GoogleClients.Firestore(Options), Impatient).ReadAsync(Some.User(), Token))?.Value;

    private async Task<IReadOnlyList<UserItemScore>> ScoresAsync()
    {
        Dictionary<string, object> parameters = new()
        {
            ["from"] = Some.Instant.AddDays(-90),
            ["cutoff"] = Some.Instant.AddDays(1),
            ["decay"] = 0.0,
            ["damped"] = false,
            ["cap"] = 10_000.0,
        };
        return await Warehouse().QueryAsync(PortableQueries.UserItemScores, parameters, Token).ToListAsync(Token);
    }

    private Task<IReadOnlyList<string>> ParkedAsync() => TextsAsync("SELECT message_id || ' ' || reason FROM parked_messages");

    private async Task<IReadOnlyList<string>> TextsAsync(string sql) =>
        await Warehouse().QueryAsync(new PortableQuery<string>("texts", sql, [], row => row.Text(0)!), new Dictionary<string, object>(), Token).ToListAsync(Token);

    private BigQueryWarehouse Warehouse() => new BigQueryWarehouse(GoogleClients.BigQuery(Options), Options, Impatient);
}
