using System.Net;
using System.Text.Json;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.PubSub;
using Aisle.Reranking;
using Aisle.RetrainTrigger.GoogleCloud;
using Aisle.ScoreUser.GoogleCloud;
using Aisle.Sql;
using Aisle.Testing;
using Google.Cloud.Functions.Testing;
using Grpc.Core;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>A day on Google: the night's model answers shoppers, and what was shown is in the warehouse.</summary>
public sealed class ScoreUserFunctionTests(GoogleFixture fixture) : EntryPointTest(fixture), IDisposable
{
    private readonly TemporaryFolder _bucket = new();

    public void Dispose() => _bucket.Dispose();

    [Fact]
    public async Task A_shopper_gets_a_slate_and_the_slate_is_logged()
    {
        await TrainAsync();
        using FunctionTestServer server = Start<ScoreUserFunction>(new ScoreUserStartup(), OnBucket());

        JsonElement shown = await RecommendAsync(server, "u4");

        Assert.Empty(shown.GetProperty("degradations").EnumerateArray());
        Assert.Equal(5, shown.GetProperty("items").GetArrayLength());
        Assert.Equal(Enumerable.Repeat($"{shown.GetProperty("slate_id")} {TwoTastes.User(4)}", 5), await LoggedAsync());
    }

    [Fact]
    public async Task Where_slates_have_a_topic_they_go_by_it()
    {
        await TrainAsync();
        using FunctionTestServer server = Start<ScoreUserFunction>(new ScoreUserStartup(), new Dictionary<string, string?>(OnBucket()) { ["AISLE_SLATES_TOPIC"] = "events" });

        JsonElement shown = await RecommendAsync(server, "u4");

        Assert.Equal(shown.GetProperty("slate_id").GetString(), Assert.Single(await PublishedAsync()).Id.Value);
    }

    [Fact]
    public async Task A_store_that_fails_costs_personality_but_no_answer()
    {
        await TrainAsync();
        using FunctionTestServer server = Start<ScoreUserFunction>(new ScoreUserStartup(), OnBucket());
        await UntilReadyAsync(server); // the first slates are made ahead, and would meet the faults
        Google.Firestore.Faults.Add("BatchGetDocuments", StatusCode.PermissionDenied, StatusCode.PermissionDenied);

        JsonElement shown = await RecommendAsync(server, "u4");

        Assert.NotEmpty(shown.GetProperty("degradations").EnumerateArray());
        Assert.Equal(5, shown.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Before_the_first_model_the_service_lives_but_is_not_ready()
    {
        using FunctionTestServer server = Start<ScoreUserFunction>(new ScoreUserStartup(), OnBucket());

        using HttpResponseMessage alive = await SendAsync(server, HttpMethod.Get, "/healthz", key: null);
        using HttpResponseMessage ready = await SendAsync(server, HttpMethod.Get, "/readyz", key: null);

        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    private static async Task UntilReadyAsync(FunctionTestServer server)
    {
        HttpStatusCode status;
        do
        {
            await Task.Delay(20, Token);
            using HttpResponseMessage ready = await SendAsync(server, HttpMethod.Get, "/readyz", key: null);
            status = ready.StatusCode;
        }
        while (status != HttpStatusCode.OK);
    }

    private Dictionary<string, string?> OnBucket() => new(Variables) { ["AISLE_MODELS_FOLDER"] = _bucket.Path };

    private async Task TrainAsync()
    {
        await TwoTastes.SellAsync(Options, Impatient, Token);
        using FunctionTestServer server = Start<RetrainTriggerFunction>(new RetrainTriggerStartup(), OnBucket());
        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Post, "/v1/retrain", OperatorKey);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
    }

    /// <summary>The positions of the logged slates, once there are any: the log is written behind the answers' back.</summary>
    private async Task<IReadOnlyList<string>> LoggedAsync()
    {
        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        PortableQuery<string> positions = new(
            "slates", "SELECT s.slate_id || ' ' || s.user_id FROM slates AS s JOIN slate_items AS i ON i.slate_id = s.slate_id", [], row => row.Text(0)!);
        List<string> rows = [];
        for (int attempt = 0; rows.Count == 0 && attempt < 500; attempt++)
        {
            await Task.Delay(20, Token);
            rows = await warehouse.QueryAsync(positions, new Dictionary<string, object>(), Token).ToListAsync(Token);
        }

        return rows;
    }

    /// <summary>The slates of the first message that holds some, once there is one.</summary>
    private async Task<IReadOnlyList<Slate>> PublishedAsync()
    {
        for (int attempt = 0; attempt < 500; attempt++)
        {
            await Task.Delay(20, Token);
            foreach (Google.Cloud.PubSub.V1.PubsubMessage message in Google.PubSub.Broker.Published(Options.ProjectId, "events"))
            {
                if (message.Attributes[SlateMessage.SchemaAttribute] == SlateMessage.Schema && SlateMessage.TryDecode(message.Data.Span, out IReadOnlyList<Slate>? slates, out _))
                {
                    return slates;
                }
            }
        }

        return [];
    }

    private static async Task<JsonElement> RecommendAsync(FunctionTestServer server, string user)
    {
        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Get, $"/v1/recommendations?user_id={user}&limit=5", StorefrontKey);
        string body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
