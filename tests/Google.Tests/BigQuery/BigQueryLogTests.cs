using Aisle.Experiments;
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
            "SELECT s.strategies || ' ' || CAST(s.seed AS STRING) || ' ' || i.product_id || ' ' || i.slot FROM slates AS s JOIN slate_items AS i ON i.slate_id = s.slate_id ORDER BY i.position");
        Assert.Equal(
            ["full_hybrid,popularity_cohort 18446744073709551615.000000000 x ranked", "full_hybrid,popularity_cohort 18446744073709551615.000000000 y ranked"], rows);
    }

    [Fact]
    public async Task Of_several_exposures_of_one_assignment_the_earliest_counts()
    {
        BigQueryExposureLog log = new(GoogleClients.BigQuery(Options), Options, Impatient);
        Exposure first = Some.Exposure() with { ExposedAt = Some.Instant.AddMinutes(-1) };

        await log.AppendAsync([Some.Exposure(), first, Some.Exposure("user-2")], Token);

        Assert.Equal(
            ["user-1 11:59", "user-2 12:00"],
            await QueryAsync("SELECT assignment_id || ' ' || SUBSTR(CAST(exposed_at AS STRING), 12, 5) FROM exposures ORDER BY assignment_id"));
    }

    private async Task<IReadOnlyList<string>> QueryAsync(string sql)
    {
        BigQueryWarehouse warehouse = new(GoogleClients.BigQuery(Options), Options, Impatient);
        PortableQuery<string> query = new("test", sql, [], row => row.Text(0)!);
        return await warehouse.QueryAsync(query, new Dictionary<string, object>(), Token).ToListAsync(Token);
    }
}
