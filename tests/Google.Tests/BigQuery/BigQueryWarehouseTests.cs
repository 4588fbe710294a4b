using Aisle.Events;
using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.BigQuery;

/// <summary>What the contract suite does not ask: pages, compression, and which faults are tried again.</summary>
public sealed class BigQueryWarehouseTests(GoogleFixture fixture) : GoogleTest(fixture)
{
    private BigQueryWarehouse Warehouse => field ??= new BigQueryWarehouse(GoogleClients.BigQuery(Options), Options, Impatient);

    private IEnumerable<string> Requests => Google.BigQuery.Endpoints.Seen.Where(request => request.Contains($"/{Options.ProjectId}/"));

    [Fact]
    public async Task An_answer_longer_than_a_page_is_fetched_page_by_page()
    {
        InteractionEvent[] events = [.. Enumerable.Range(10, 8).Select(i => Some.Event($"e{i}", product: $"p{i}"))];
        await Warehouse.AppendAsync(events, Token);

        IReadOnlyList<UserItemScore> scores = await ScoresAsync();

        Assert.Equal(events.Select(e => e.Product), scores.Select(score => (ProductId?)score.Product).Order());
        Assert.Equal(2, Requests.Count(request => request.Contains("pageToken"))); // 3 + 3 + 2 rows
    }

    [Fact]
    public async Task A_query_has_a_ceiling_of_bytes_and_a_label()
    {
        await ScoresAsync();

        string job = Google.BigQuery.Endpoints.JobConfigurations.Last().ToJsonString();
        Assert.Contains("\"maximumBytesBilled\":200000000000", job);
        Assert.Contains("\"labels\":{\"query\":\"user_item_scores\"}", job);
    }

    [Fact]
    public async Task A_query_that_meets_a_passing_fault_is_asked_again()
    {
        await Warehouse.AppendAsync([Some.Event()], Token);
        Google.BigQuery.Endpoints.FailRequest(403, "rateLimitExceeded");

        Assert.Single(await ScoresAsync());
    }

    [Fact]
    public async Task A_shopper_whose_rows_are_too_fresh_to_be_deleted_is_to_be_erased_later()
    {
        Google.BigQuery.Endpoints.FailRequest(400, "invalidQuery", "DELETE statement over table would affect rows in the streaming "
            + "buffer, which is not supported");

        ErasureDeferredException deferred = await Assert.ThrowsAsync<ErasureDeferredException>(() => Warehouse.EraseAsync(Some.User(), Token));

        Assert.Contains("Erase again in 30 minutes", deferred.Message);
        Assert.Equal(TimeSpan.FromMinutes(30), deferred.RetryAfter);
        Assert.Equal(PersonalRows.All.Count - 1, Google.BigQuery.Endpoints.JobConfigurations.Count(job => job.ToJsonString().Contains("DELETE FROM") && job.ToJsonString().Contains(Options.Dataset))); // the first was refused
    }

    [Fact]
    public async Task A_sample_of_shoppers_is_the_same_each_time()
    {
        await Warehouse.AppendAsync([.. Enumerable.Range(0, 400).Select(i => Some.Event($"e{i}", $"user-{i}"))], Token);
        BigQueryWarehouse sampled = new(GoogleClients.BigQuery(Options), Options with { SampledShare = 0.25 }, Impatient);

        UserItemScore[] first = await sampled.QueryAsync(PortableQueries.UserItemScores, Parameters(), Token).ToArrayAsync(Token);
        UserItemScore[] second = await sampled.QueryAsync(PortableQueries.UserItemScores, Parameters(), Token).ToArrayAsync(Token);

        Assert.InRange(first.Length, 70, 130);
        Assert.Equal(first, second);
        Assert.Equal(first.OrderBy(score => score.User), first);
    }

    [Fact]
    public async Task Giving_up_stops_the_query()
    {
        Google.BigQuery.Endpoints.QueriesHang = true;
        using CancellationTokenSource gaveUp = new();
        ValueTask<bool> asking = Warehouse.QueryAsync(PortableQueries.UserItemScores, Parameters(), gaveUp.Token).GetAsyncEnumerator(gaveUp.Token).MoveNextAsync();
        while (!Requests.Any(request => request.StartsWith("GET", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        await gaveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await asking);
        Google.BigQuery.Endpoints.QueriesHang = false;
        Assert.Contains(Requests, request => request.Contains("/cancel"));
    }

    [Fact]
    public async Task Bodies_are_compressed_on_the_wire()
    {
        await Warehouse.AppendAsync([Some.Event()], Token);

        Assert.Contains(Requests, request => request.Contains("insertAll") && request.EndsWith("gzip", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_events_than_one_request_takes_are_all_appended()
    {
        AppendOutcome appended = await Warehouse.AppendAsync([.. Enumerable.Range(0, 501).Select(i => Some.Event($"e{i}"))], Token);

        Assert.Equal(new AppendOutcome(501, null), appended);
        Assert.Equal(501, Assert.Single(await ScoresAsync()).Score);
    }

    [Theory]
    [InlineData(429, "rateLimitExceeded")]
    [InlineData(500, "internalError")]
    [InlineData(502, "badGateway")]
    [InlineData(403, "quotaExceeded")]
    public async Task A_request_that_meets_a_passing_fault_is_sent_again(int status, string reason)
    {
        Google.BigQuery.Endpoints.FailRequest(status, reason);

        await Warehouse.AppendAsync([Some.Event()], Token);

        Assert.Single(await ScoresAsync());
    }

    [Fact]
    public async Task Rows_that_meet_a_passing_fault_are_sent_again()
    {
        Google.BigQuery.Endpoints.FailRow("timeout");

        await Warehouse.AppendAsync([Some.Event("e1", product: "p1"), Some.Event("e2", product: "p2")], Token);

        Assert.Equal(2, (await ScoresAsync()).Count);
    }

    [Fact]
    public async Task A_fault_that_does_not_pass_is_reported_in_the_end()
    {
        Enumerable.Range(0, 6).ToList().ForEach(_ => Google.BigQuery.Endpoints.FailRow("backendError"));

        InvalidOperationException given = await Assert.ThrowsAsync<InvalidOperationException>(() => Warehouse.AppendAsync([Some.Event()], Token));

        Assert.Contains("backendError", given.Message);
    }

    [Fact]
    public async Task A_row_that_is_refused_for_good_is_named_with_its_field_and_nothing_is_written()
    {
        RowAppender appender = new(GoogleClients.BigQuery(Options), Options.Dataset, Impatient);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(() => appender.AppendAsync(
            "interaction_events_raw", [EventRow.Of(Some.Event()), new() { { "event_id", "e2" }, { "colour", "red" } }], Token));

        Assert.Contains("refused 1 rows for interaction_events_raw. The first, event_id e2: colour: ", refused.Message);
        Assert.Empty(await ScoresAsync());
    }

    [Fact]
    public async Task A_missing_table_is_named_with_the_remedy()
    {
        RowAppender appender = new(GoogleClients.BigQuery(Options), "elsewhere", Impatient);

        InvalidOperationException refused = await Assert.ThrowsAsync<InvalidOperationException>(
            () => appender.AppendAsync("interaction_events_raw", [EventRow.Of(Some.Event())], Token));

        Assert.Contains($"elsewhere.interaction_events_raw does not exist in the project {Options.ProjectId}", refused.Message);
    }

    [Fact]
    public async Task Every_column_of_an_event_arrives()
    {
        InteractionEvent e = Some.Purchase() with
        {
            Assignment = new AssignmentId("a1"),
            Session = new SessionId("s1"),
            DeviceType = "mobile",
            PageType = "home",
            PageLoadMs = 1,
            PageDwellMs = 2,
            Quantity = 3,
            UnitPriceMinor = 4,
            RevenueMinor = 12,
            Slate = new SlateId("slate"),
            Position = 5,
        };
        await Warehouse.AppendAsync([e], Token);
        PortableQuery<string> all = new(
            "all_columns",
            """
            SELECT event_id || ' ' || user_id || ' ' || assignment_id || ' ' || event_type || ' ' || product_id || ' ' || session_id || ' ' || device_type || ' ' || page_type,
              page_load_ms + 10 * page_dwell_ms + 100 * quantity + 1000 * unit_price_minor + 100000 * position, revenue_minor,
              currency || ' ' || order_id || ' ' || slate_id, event_timestamp, ingested_at
            FROM interaction_events
            """,
            [],
            row => $"{row.Text(0)} {row.Whole(1)} {row.Number(2)} {row.Text(3)} {row.Instant(4):O} {row.Instant(5):O}");

        string only = Assert.Single(await Warehouse.QueryAsync(all, new Dictionary<string, object>(), Token).ToListAsync(Token));

        Assert.Equal(
            $"event-1 user-1 a1 purchase product-1 s1 mobile home 504321 12 EUR order-of-event-1 slate {Some.Instant:O} {Some.Instant:O}", only);
    }

    [Fact]
    public void Every_property_of_an_event_has_its_column() =>
        Assert.Equal(typeof(InteractionEvent).GetProperties().Length, EventRow.Of(Some.Event()).Cast<object>().Count());

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
