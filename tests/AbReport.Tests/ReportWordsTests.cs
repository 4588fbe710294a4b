using System.Text.Json;
using Aisle.AbReport.Page;
using Aisle.AbReport.Results;
using Aisle.Events;

namespace Aisle.AbReport.Tests;

/// <summary>What people read: each figure fits its word.</summary>
public sealed class ReportWordsTests
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Beside_a_harmed_guardrail_stands_the_p_of_the_harm_and_beside_an_unharmed_one_that_of_staying_within_its_margin()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 20_000, clickEvery: 2, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 3, buyEvery: 20);
        _world.Loads["control"] = [.. Enumerable.Range(0, 4_000).Select(i => 500L + (i % 1_000))];
        _world.Loads["varied"] = _world.Loads["control"];

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;
        MetricResult harmed = Result(report, "bounce_rate");
        MetricResult unharmed = Result(report, "page_load_p50");

        Assert.Equal((MetricVerdict.Harmed, "of being worse"), (harmed.Verdict, MetricTable.Tested(harmed)));
        Assert.InRange(MetricTable.Shown(harmed)!.Value, 0, harmed.NeededPValue);
        Assert.Equal((MetricVerdict.Unharmed, "of staying within the margin"), (unharmed.Verdict, MetricTable.Tested(unharmed)));
        Assert.InRange(MetricTable.Shown(unharmed)!.Value, 0, unharmed.NeededPValue);
        string markdown = (await _world.SendAsync("GET", "/v1/experiments/home/report?format=markdown", null)).Body;
        Assert.Contains("< 0.0001 (of being worse)", Row(markdown, "Bounce rate"), StringComparison.Ordinal);
        Assert.Contains("< 0.0001 (of staying within the margin)", Row(markdown, "Page load, median"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(17, "is-ship", "✓ Ship varied")]
    [InlineData(10, "is-keep_running", "≈ Look for a fault before you ship varied")]
    public async Task A_winner_is_green_and_one_beyond_belief_amber(int buyEvery, string colour, string title)
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: buyEvery);

        string page = (await _world.SendAsync("GET", "/v1/experiments/home/report?format=html&calibrate=false", null)).Body;

        Assert.Contains($"<section class=\"verdict {colour}\" "
            + $"aria-label=\"Verdict\"><strong>{title}</strong>", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amounts_name_their_currency_in_Markdown_and_other_figures_do_not()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 10);

        string markdown = (await _world.SendAsync("GET", "/v1/experiments/home/report?format=markdown", null)).Body;

        Assert.Contains("| 0.50 EUR | 1.00 EUR |", Row(markdown, "Revenue per visitor"), StringComparison.Ordinal);
        Assert.DoesNotContain("EUR", Row(markdown, "Conversion"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_paid_in_another_currency_is_left_out_of_every_query_and_counted_in_JSON()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 4);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 4);
        _world.Users.Add(new(new AssignmentId("abroad"), "control", 1, 700, 1, 10, 1, "JPY"));

        JsonElement health = World.Json((await _world.SendAsync("GET", "/v1/experiments/home/report?format=json", null)).Body).GetProperty("health");

        Assert.Equal(1, health.GetProperty("other_currency").GetInt64());
        Assert.Equal(500, health.GetProperty("buyers_by_currency").GetProperty("EUR").GetInt64());
        Assert.Equal(1, health.GetProperty("buyers_by_currency").GetProperty("JPY").GetInt64());
    }

    [Fact]
    public async Task Power_on_visitors_of_several_currencies_says_why_revenue_has_no_answer()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 500, clickEvery: 4, buyEvery: 7);
        _world.Visitors("varied", 500, clickEvery: 3, buyEvery: 6);
        _world.Users.AddRange(Enumerable.Range(0, 50).Select(i => new Sql.ExperimentUser(new AssignmentId($"abroad-{i}"), "control", 1, 700, 1, 10, 1, "JPY") { LastCurrency = "JPY" }));

        JsonElement[] metrics = [.. World.Json((await _world.SendAsync("GET", "/v1/experiments/home/power?lift=0.3&users=500", null)).Body).GetProperty("metrics").EnumerateArray()];

        JsonElement revenue = metrics.Single(metric => metric.GetProperty("metric").GetString() == "revenue_per_user");
        Assert.Equal("invalid_input", revenue.GetProperty("status").GetString());
        Assert.Contains("several currencies", revenue.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, revenue.GetProperty("power").ValueKind);
        Assert.Equal("ok", metrics.Single(metric => metric.GetProperty("metric").GetString() == "conversion").GetProperty("status").GetString());
    }

    private static string Row(string markdown, string label) => markdown.Split('\n').Single(line => line.StartsWith($"| {label}", StringComparison.Ordinal));

    private static MetricResult Result(ExperimentReport report, string metric) => report.Metrics.Single(result => result.Metric == metric);
}
