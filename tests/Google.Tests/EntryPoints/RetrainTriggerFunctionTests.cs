using System.Net;
using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.GoogleCloud.Firestore;
using Aisle.RetrainTrigger.GoogleCloud;
using Aisle.Testing;
using Google.Cloud.Functions.Testing;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>A night on Google: what was bought becomes a model, its bundle is on the bucket, its lists and the
/// pointer are in Firestore.</summary>
public sealed class RetrainTriggerFunctionTests(GoogleFixture fixture) : EntryPointTest(fixture), IDisposable
{
    private readonly TemporaryFolder _bucket = new();

    public void Dispose() => _bucket.Dispose();

    [Fact]
    public async Task A_retrain_promotes_a_model_and_a_second_trigger_does_nothing()
    {
        await TwoTastes.SellAsync(Options, Impatient, Token);
        using FunctionTestServer server = Start<RetrainTriggerFunction>(new RetrainTriggerStartup(), OnBucket());

        JsonElement run = await PostAsync(server, "/v1/retrain");
        JsonElement again = await PostAsync(server, "/v1/retrain");

        Assert.True(run.GetProperty("state").GetString() == "promoted", run.ToString());
        Assert.Equal(run.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        FirestoreCandidateStore candidates = new(GoogleClients.Firestore(Options), Impatient, writers: 1);
        ServingManifest? serving = await candidates.ReadManifestAsync(Token);
        Assert.NotNull(serving);
        Assert.True(File.Exists(Path.Combine(_bucket.Path, serving.ModelVersion, "complete.txt")));
        CandidateList? list = await candidates.ReadAsync(serving.ModelVersion, TwoTastes.User(4), Token);
        Assert.NotEmpty(list!.Items);
    }

    [Fact]
    public async Task A_person_is_erased_from_every_store_by_the_id_that_the_shop_knows()
    {
        await TwoTastes.SellAsync(Options, Impatient, Token);
        using FunctionTestServer server = Start<RetrainTriggerFunction>(new RetrainTriggerStartup(), OnBucket());
        await PostAsync(server, "/v1/retrain");

        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Delete, "/v1/users/u4", OperatorKey);

        string body = await answer.Content.ReadAsStringAsync(Token);
        Assert.Contains("\"interaction_events\":15", body);
        Assert.Contains("\"candidate_lists\":1", body);
    }

    [Fact]
    public async Task The_guard_answers_before_there_is_a_model()
    {
        using FunctionTestServer server = Start<RetrainTriggerFunction>(new RetrainTriggerStartup(), OnBucket());

        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Post, "/v1/guard", OperatorKey);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        LogEntryOfAge(server);
    }

    private static void LogEntryOfAge(FunctionTestServer server) => Assert.Contains(
        server.GetLogEntries(typeof(ModelAgeLog)), entry => entry.Message.Contains("age_s=", StringComparison.Ordinal));

    private Dictionary<string, string?> OnBucket() => new(Variables) { ["AISLE_MODELS_FOLDER"] = _bucket.Path };

    private static async Task<JsonElement> PostAsync(FunctionTestServer server, string path)
    {
        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Post, path, OperatorKey);
        string body = await answer.Content.ReadAsStringAsync(Token);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, body);
        return JsonDocument.Parse(body).RootElement;
    }
}
