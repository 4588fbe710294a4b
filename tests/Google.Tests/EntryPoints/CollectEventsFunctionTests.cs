using System.Net;
using Aisle.Events;
using Aisle.GoogleCloud.Firestore;
using Aisle.IngestEvent.GoogleCloud;
using Google.Cloud.Functions.Testing;
using Google.Cloud.PubSub.V1;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

public sealed class CollectEventsFunctionTests(GoogleFixture fixture) : EntryPointTest(fixture)
{
    private const string View =
        """{"event_id":"e1","user_id":"raw-user","event_type":"view","product_id":"p1","event_timestamp":"2026-01-15T12:00:00Z"}""";

    private IReadOnlyList<PubsubMessage> Published => Google.PubSub.Broker.Published(Options.ProjectId, "events");

    [Fact]
    public async Task Accepted_events_are_on_the_topic_when_the_answer_comes_and_carry_no_raw_id()
    {
        using FunctionTestServer server = Start<CollectEventsFunction>(new CollectEventsStartup());

        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Post, "/v1/events", CollectorKey, View);

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Contains("\"accepted\":1", await answer.Content.ReadAsStringAsync(Token));
        string body = Assert.Single(Published).Data.ToStringUtf8();
        Assert.Contains("\"event_id\":\"e1\"", body);
        Assert.DoesNotContain("raw-user", body);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_published()
    {
        using FunctionTestServer server = Start<CollectEventsFunction>(new CollectEventsStartup());

        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Post, "/v1/events", key: null, View);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Empty(Published);
    }

    [Fact]
    public async Task A_product_that_is_put_is_in_the_catalogue()
    {
        using FunctionTestServer server = Start<CollectEventsFunction>(new CollectEventsStartup());

        using HttpResponseMessage put = await SendAsync(
            server, HttpMethod.Put, "/v1/products", OperatorKey, """{"products":[{"product_id":"p1","title":"Spade","price":9.99,"currency":"EUR"}]}""");

        Assert.True(put.IsSuccessStatusCode, await put.Content.ReadAsStringAsync(Token));
        FirestoreCatalogueStore catalogue = new(GoogleClients.Firestore(Options), Impatient);
        Assert.Equal(999, (await catalogue.FindAsync(new ProductId("p1"), Token))!.PriceMinor);
    }

    [Fact]
    public async Task Probes_are_answered()
    {
        using FunctionTestServer server = Start<CollectEventsFunction>(new CollectEventsStartup());

        using HttpResponseMessage alive = await SendAsync(server, HttpMethod.Get, "/healthz", key: null);

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    [Theory]
    [InlineData("AISLE_DATASET")]
    [InlineData("AISLE_PSEUDONYM_KEY")]
    [InlineData("AISLE_OPERATOR_KEYS")]
    public void A_service_whose_environment_is_incomplete_does_not_start_and_says_why(string missing)
    {
        Dictionary<string, string?> variables = Variables;
        variables.Remove(missing);

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => Start<CollectEventsFunction>(new CollectEventsStartup(), variables));

        Assert.Contains(missing, refused.Message);
    }
}
