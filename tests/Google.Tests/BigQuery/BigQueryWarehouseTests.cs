using Aisle.Events;
using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Aisle.Sql;
using Google;

namespace Aisle.GoogleCloud.Tests.BigQuery;

public sealed class BigQueryWarehouseTests : GoogleTest
{
    private BigQueryWarehouse Warehouse => field ??= new BigQueryWarehouse(GoogleClients.BigQuery(Google.Options), Google.Options, Impatient);

    [Fact]
    public async Task An_event_delivered_twice_is_scored_once()
    {
        await Warehouse.AppendAsync([View("e1", "p1")], Token);
        await Warehouse.AppendAsync([View("e1", "p1")], Token);

        UserItemScore score = Assert.Single(await ScoresAsync());

        Assert.Equal(new UserItemScore(new UserId("u1"), new ProductId("p1"), 1, Now.AddMicroseconds(-7)), score);
    }

    [Fact]
    public async Task An_answer_longer_than_a_page_is_fetched_page_by_page()
    {
        InteractionEvent[] events = [.. Enumerable.Range(10, 8).Select(i => View($"e{i}", $"p{i}"))];
        await Warehouse.AppendAsync(events, Token);

        IReadOnlyList<UserItemScore> scores = await ScoresAsync();

        Assert.Equal(events.Select(e => e.Product), scores.Select(score => (ProductId?)score.Product));
        Assert.Equal(2, Google.BigQuery.Endpoints.Seen.Count(request => request.StartsWith("GET", StringComparison.Ordinal) && request.Contains("pageToken")));
    }

    [Fact]
    public async Task Bodies_are_compressed_on_the_wire()
    {
        await Warehouse.AppendAsync([View("e1", "p1")], Token);

        Assert.Contains("POST /bigquery/v2/projects/aisle-test/datasets/aisle/tables/interaction_events_raw/insertAll gzip", Google.BigQuery.Endpoints.Seen
            .Select(request => request.Replace("?prettyPrint=false", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task More_events_than_one_request_takes_are_all_appended()
    {
        AppendOutcome appended = await Warehouse.AppendAsync([.. Enumerable.Range(0, 1_001).Select(i => View($"e{i}", "p1"))], Token);

        Assert.Equal(new AppendOutcome(1_001, null), appended);
        Assert.Equal(1_001, Assert.Single(await ScoresAsync()).Score);
    }

    [Theory]
    [InlineData(503, "backendError")]
    [InlineData(429, "rateLimitExceeded")]
    [InlineData(500, "internalError")]
    [InlineData(403, "quotaExceeded")]
    public async Task A_request_that_meets_a_passing_fault_is_sent_again(int status, string reason)
    {
        Google.BigQuery.Endpoints.FailRequest(status, reason);

        await Warehouse.AppendAsync([View("e1", "p1")], Token);

        Assert.Single(await ScoresAsync());
    }

    [Fact]
    public async Task Rows_that_meet_a_passing_fault_are_sent_again()
    {
        Google.BigQuery.Endpoints.FailRow("timeout");

        await Warehouse.AppendAsync([View("e1", "p1"), View("e2", "p2")], Token);

        Assert.Equal(2, (await ScoresAsync()).Count);
    }

    [Fact]
    public async Task A_missing_role_is_not_tried_again()
    {
        Google.BigQuery.Endpoints.FailRequest(403, "accessDenied");

        await Assert.ThrowsAsync<GoogleApiException>(() => Warehouse.AppendAsync([View("e1", "p1")], Token));
    }

    [Fact]
    public async Task A_row_that_is_refused_for_good_is_named_with_its_field()
    {
        RowAppender appender = new(GoogleClients.BigQuery(Google.Options), "aisle", Impatient);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => appender.AppendAsync(
            "interaction_events_raw", [EventRow.Of(View("e1", "p1")), new() { { "event_id", "e2" }, { "colour", "red" } }], Token));

        Assert.Contains("refused 1 rows for interaction_events_raw. The first, event_id e2: colour: ", refused.Message);
        Assert.Empty(await ScoresAsync());
    }

    [Fact]
    public async Task A_missing_table_is_named_with_the_remedy()
    {
        RowAppender appender = new(GoogleClients.BigQuery(Google.Options), "elsewhere", Impatient);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => appender.AppendAsync("interaction_events_raw", [EventRow.Of(View("e1", "p1"))], Token));

        Assert.Contains("elsewhere.interaction_events_raw does not exist in the project aisle-test", refused.Message);
    }

    [Theory]
    [InlineData("cap", "missing: cap; superfluous: none")]
    [InlineData(null, "missing: none; superfluous: capp")]
    public void A_query_says_which_parameters_are_missing_or_superfluous(string? without, string expected)
    {
        Dictionary<string, object> parameters = Parameters();
        _ = without is null ? parameters.TryAdd("capp", 1.0) : parameters.Remove(without);

        ArgumentException refused = Assert.Throws<ArgumentException>(() => Warehouse.QueryAsync(PortableQueries.UserItemScores, parameters, Token));

        Assert.Contains(expected, refused.Message);
    }

    private async Task<IReadOnlyList<UserItemScore>> ScoresAsync() =>
        await Warehouse.QueryAsync(PortableQueries.UserItemScores, Parameters(), Token).ToListAsync(Token);

    private static Dictionary<string, object> Parameters() => new()
    {
        ["from"] = Now.AddDays(-90),
        ["cutoff"] = Now.AddDays(1),
        ["decay"] = 0.0,
        ["damped"] = false,
        ["cap"] = 10_000.0,
    };

    private static InteractionEvent View(string id, string product) => new()
    {
        Id = new EventId(id),
        User = new UserId("u1"),
        Type = EventType.View,
        Product = new ProductId(product),
        OccurredAt = Now.AddMicroseconds(-7),
        IngestedAt = Now,
    };
}
