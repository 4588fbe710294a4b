using System.Net;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.PubSub;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Testing;
using Google;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.Tests.BigQuery;

/// <summary>Faults that stay, each with its remedy, and messages of any size that Pub/Sub can bring.</summary>
public sealed class BigQueryFaultTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private BigQueryWarehouse Warehouse => field ??= new BigQueryWarehouse(GoogleClients.BigQuery(Options), Options, Impatient);

    private IEnumerable<string> Requests => Google.BigQuery.Endpoints.Seen.Where(request => request.Contains($"/{Options.ProjectId}/"));

    [Fact]
    public async Task A_missing_role_is_not_tried_again_and_named()
    {
        Google.BigQuery.Endpoints.FailRequest(403, "accessDenied");
        Assert.Contains("roles/bigquery.dataEditor", (await Assert.ThrowsAsync<InvalidOperationException>(() => Warehouse.AppendAsync([Some.Event()], Token))).Message);

        Google.BigQuery.Endpoints.FailRequest(403, "accessDenied");
        Assert.Contains("roles/bigquery.jobUser", (await Assert.ThrowsAsync<InvalidOperationException>(ScoresAsync)).Message);
    }

    [Fact]
    public async Task A_query_of_a_missing_table_is_one_clear_error()
    {
        BigQueryWarehouse elsewhere = new(GoogleClients.BigQuery(Options), Options with { Dataset = "elsewhere" }, Impatient);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await elsewhere.QueryAsync(PortableQueries.UserItemScores, Parameters(), Token).CountAsync(Token));

        Assert.Contains("Make the warehouse's tables first, or correct AISLE_DATASET", refused.Message);
    }

    [Fact]
    public async Task Expired_credentials_are_reported_as_they_are()
    {
        Google.BigQuery.Endpoints.FailRequest(401, "authError");

        Assert.Equal(HttpStatusCode.Unauthorized, (await Assert.ThrowsAsync<GoogleApiException>(ScoresAsync)).HttpStatusCode);
    }

    [Fact]
    public async Task Rows_that_do_not_fit_into_one_request_are_sent_in_several()
    {
        PubSubEventQueue queue = new(GoogleClients.Publisher(Options), GoogleClients.Subscriber(Options), GoogleClients.BigQuery(Options), Options, Impatient);
        int before = Requests.Count(request => request.Contains("parked_messages_raw/insertAll"));

        await queue.ParkAsync(
            [.. Enumerable.Range(0, 3).Select(i => new ParkedMessage($"m{i}", new byte[9_000_000], new Dictionary<string, string>(), "body: too long", Some.Instant))], Token);

        Assert.Equal(3, Requests.Count(request => request.Contains("parked_messages_raw/insertAll")) - before);
        PortableQuery<string> parked = new("parked", "SELECT reason FROM parked_messages", [], row => row.Text(0)!);
        Assert.All(
            await Warehouse.QueryAsync(parked, new Dictionary<string, object>(), Token).ToListAsync(Token),
            reason => Assert.Equal("body: too long (the first 5242880 of 9000000 bytes are kept)", reason));
    }

    [Fact]
    public async Task Erasure_reaches_the_tables_of_a_training_inside_BigQuery()
    {
        using BigQueryClient client = GoogleClients.BigQuery(Options);
        foreach (string table in (string[])["feedback_v1", "user_factors_v2", "item_factors_v1"])
        {
            await client.ExecuteQueryAsync($"CREATE TABLE {Options.Dataset}.{table} AS SELECT '{Some.User().Value}' AS user_id UNION ALL "
                + "SELECT 'another'", parameters: null, cancellationToken: Token);
        }

        IReadOnlyDictionary<string, long> erased = await Warehouse.EraseAsync(Some.User(), Token);

        Assert.Equal(2, erased["training"]);
    }

    private async Task<IReadOnlyList<UserItemScore>> ScoresAsync() =>
        await Warehouse.QueryAsync(PortableQueries.UserItemScores, Parameters(), Token).ToListAsync(Token);

    private static Dictionary<string, object> Parameters() => new()
    {
        ["from"] = Some.Instant.AddDays(-90),
        ["cutoff"] = Some.Instant.AddDays(1),
        ["decay"] = 0.0,
        ["damped"] = false,
        ["cap"] = 10_000.0,
    };
}
