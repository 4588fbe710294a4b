using System.Text;
using Google.Cloud.Functions.Hosting;
using Google.Cloud.Functions.Testing;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>A test of a deployed service: its function in Google's test server, its startup, the shop's environment.</summary>
public abstract class EntryPointTest(GoogleFixture fixture) : GoogleTest(fixture)
{
    private protected const string CollectorKey = "collector-key-0123456789";
    private protected const string StorefrontKey = "storefront-key-0123456789";
    private protected const string AnalystKey = "analyst-key-0123456789";
    private protected const string OperatorKey = "operator-key-0123456789";

    /// <summary>The variables that the deployment sets.</summary>
    private protected Dictionary<string, string?> Variables => new()
    {
        ["GOOGLE_CLOUD_PROJECT"] = Options.ProjectId,
        ["AISLE_DATASET"] = Options.Dataset,
        ["AISLE_EVENTS_TOPIC"] = Options.EventsTopic,
        ["AISLE_ALERTS_TOPIC"] = Options.AlertsTopic,
        ["AISLE_MODELS_FOLDER"] = Options.ModelsFolder,
        ["AISLE_PSEUDONYM_KEY"] = Convert.ToBase64String(new byte[32]),
        ["AISLE_COLLECTOR_KEYS"] = CollectorKey,
        ["AISLE_STOREFRONT_KEYS"] = StorefrontKey,
        ["AISLE_ANALYST_KEYS"] = AnalystKey,
        ["AISLE_OPERATOR_KEYS"] = OperatorKey,
        ["FIRESTORE_EMULATOR_HOST"] = Options.FirestoreEmulator!.Authority,
        ["PUBSUB_EMULATOR_HOST"] = Options.PubSubEmulator!.Authority,
        ["BIGQUERY_EMULATOR_HOST"] = Options.BigQueryEmulator!.Authority,
    };

    private protected FunctionTestServer Start<TFunction>(FunctionsStartup startup) => Start<TFunction>(startup, Variables);

    private protected static FunctionTestServer Start<TFunction>(FunctionsStartup startup, IReadOnlyDictionary<string, string?> variables) =>
        FunctionTestServerBuilder.Create<TFunction>().UseFunctionsStartups(startup, new Surroundings(variables)).Build();

    /// <summary>Sends a request with a key.</summary>
    private protected static async Task<HttpResponseMessage> SendAsync(
        FunctionTestServer server, HttpMethod method, string path, string? key, string? json = null)
    {
        using HttpRequestMessage request = new(method, path);
        request.Headers.TryAddWithoutValidation("X-Api-Key", key);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        using HttpClient client = server.CreateClient();
        return await client.SendAsync(request, Token);
    }
}
