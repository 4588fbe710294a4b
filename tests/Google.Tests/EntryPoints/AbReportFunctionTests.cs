using System.Net;
using System.Text.Json;
using Aisle.AbReport.GoogleCloud;
using Aisle.GoogleCloud.BigQuery;
using Aisle.Testing;
using Google.Cloud.Functions.Testing;
using Google.Cloud.PubSub.V1;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

public sealed class AbReportFunctionTests(GoogleFixture fixture) : EntryPointTest(fixture)
{
    private const string Experiment =
        """
        {"key":"home-hybrid","variants":[{"name":"control","from_bucket":0,"to_bucket":5000},{"name":"treatment","from_bucket":5000,"to_bucket":10000}],
        "starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-01-31T00:00:00Z","state":"running"}
        """;

    [Fact]
    public async Task An_experiment_is_written_and_its_report_counts_what_the_warehouse_has()
    {
        using FunctionTestServer server = Start<AbReportFunction>(new AbReportStartup());
        using HttpResponseMessage created = await SendAsync(server, HttpMethod.Post, "/v1/experiments", AnalystKey, Experiment);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Token));
        await SellAsync(users: 40);

        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Get, "/v1/experiments/home-hybrid/report?format=json", AnalystKey);

        using JsonDocument report = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Token));
        JsonElement revenue = report.RootElement.GetProperty("metrics").EnumerateArray().Single(metric => metric.GetProperty("metric").GetString() == "revenue_per_user");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(10.0, revenue.GetProperty("difference").GetDouble(), tolerance: 1e-9);
    }

    [Fact]
    public async Task A_review_publishes_once_what_is_wrong_with_an_experiment()
    {
        using FunctionTestServer server = Start<AbReportFunction>(new AbReportStartup());
        using HttpResponseMessage created = await SendAsync(server, HttpMethod.Post, "/v1/experiments", AnalystKey, Experiment);
        Assert.True(created.StatusCode == HttpStatusCode.Created, await created.Content.ReadAsStringAsync(Token));
        BigQueryExposureLog exposures = new(GoogleClients.BigQuery(Options), Options, Impatient);
        await exposures.AppendAsync([.. Enumerable.Range(0, 60).Select(i => Some.Exposure($"u{i}", "control") with { ExposedAt = Some.Instant.AddDays(-2) })], Token);

        using HttpResponseMessage first = await SendAsync(server, HttpMethod.Post, "/v1/experiments/review", OperatorKey);
        using HttpResponseMessage second = await SendAsync(server, HttpMethod.Post, "/v1/experiments/review", OperatorKey);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Contains("sample_ratio_mismatch", await first.Content.ReadAsStringAsync(Token));
        PubsubMessage alert = Assert.Single(Google.PubSub.Broker.Published(Options.ProjectId, "alerts"), message => message.Attributes["kind"] == "experiment_invalid");
        Assert.Contains("home-hybrid", alert.Data.ToStringUtf8());
        Assert.Contains("\"urgent\":true", alert.Data.ToStringUtf8());
    }

    [Fact]
    public async Task A_key_of_another_role_opens_nothing()
    {
        using FunctionTestServer server = Start<AbReportFunction>(new AbReportStartup());

        using HttpResponseMessage answer = await SendAsync(server, HttpMethod.Get, "/v1/experiments", StorefrontKey);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    /// <summary>Half of the users are in each variant; those of the treatment spend 10.00 more.</summary>
    private async Task SellAsync(int users)
    {
        BigQueryExposureLog exposures = new(GoogleClients.BigQuery(Options), Options, Impatient);
        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        await exposures.AppendAsync(
            [.. Enumerable.Range(0, users).Select(i => Some.Exposure($"u{i}", i % 2 == 0 ? "control" : "treatment") with { ExposedAt = Some.Instant.AddDays(-2) })], Token);
        await warehouse.AppendAsync(
            [.. Enumerable.Range(0, users).Select(i => Some.Purchase($"e{i}", $"u{i}", priceMinor: 1000 + (i / 2) + (i % 2 * 1000)) with
            {
                OccurredAt = Some.Instant.AddDays(-1),
            })], Token);
    }
}
