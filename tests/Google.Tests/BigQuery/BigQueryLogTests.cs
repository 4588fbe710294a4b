using Aisle.GoogleCloud.BigQuery;
using Aisle.Reranking;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.BigQuery;

public sealed class BigQueryLogTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    [Fact]
    public async Task A_slate_that_is_logged_twice_is_there_once_with_its_positions()
    {
        BigQuerySlateLog log = new(GoogleClients.BigQuery(Options), Options, Impatient);
        Slate slate = Some.Slate("s1", "x", "y") with { Seed = ulong.MaxValue, Strategies = ["full_hybrid", "popularity_cohort"], ModelVersion = null };

        await log.AppendAsync([slate], Token);
        await log.AppendAsync([slate], Token);

        IReadOnlyList<string> rows = await QueryAsync(
            "SELECT s.strategies || ' ' || CAST(s.seed AS STRING) || ' ' || i.product_id || ' ' || i.slot FROM slates AS s JOIN "
            + "slate_items AS i ON i.slate_id = s.slate_id ORDER BY i.position");
        Assert.Equal(
            ["full_hybrid,popularity_cohort 18446744073709551615.000000000 x ranked", "full_hybrid,popularity_cohort "
                + "18446744073709551615.000000000 y ranked"], rows);
    }

    [Fact]
    public async Task A_visitor_who_was_shown_two_variants_is_seen_with_both()
    {
        BigQueryExposureLog log = new(GoogleClients.BigQuery(Options), Options, Impatient);

        await log.AppendAsync([Some.Exposure(), Some.Exposure(variant: "treatment"), Some.Exposure("user-2"), Some.Exposure("user-2")], Token);

        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        Dictionary<string, object> parameters = new()
        {
            ["experiment"] = "home-hybrid",
            ["from"] = Some.Instant,
            ["to"] = Some.Instant.AddDays(1),
            ["before"] = Some.Instant.AddDays(-1),
        };
        List<ExperimentUser> users = await warehouse.QueryAsync(PortableQueries.ExperimentUsers, parameters, Token).ToListAsync(Token);
        Assert.Equal([("user-1", 2L), ("user-2", 1L)], users.Select(user => (user.Assignment.Value, user.Variants)));
    }

    private async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        PortableQuery<string> query = new("test", sql, [], row => row.Text(0)!);
        return await warehouse.QueryAsync(query, new Dictionary<string, object>(), Token).ToListAsync(Token);
    }
}
