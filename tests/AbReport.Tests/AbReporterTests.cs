using Aisle.Events;

using Aisle.Statistics;

namespace Aisle.AbReport.Tests;

public sealed class AbReporterTests
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_clear_effect_on_clicks_is_significant_while_equal_revenue_keeps_running()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 2, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal(MetricVerdict.Higher, Verdict(report, "click_through"));
        Assert.Equal(MetricVerdict.KeepRunning, Verdict(report, "revenue_per_user"));
        Assert.Equal(0.5, Result(report, "revenue_per_user").Comparison.Control!.Value, 1e-12);
        Assert.Equal("EUR", Result(report, "revenue_per_user").Unit);
    }

    [Fact]
    public async Task Nothing_is_decided_before_two_weeks_have_passed()
    {
        await _world.RunningForAsync(13.9, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 2, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.All(report.Metrics, metric => Assert.Equal(MetricVerdict.KeepRunning, metric.Verdict));
        Assert.Contains("14 days", report.Conclusions[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arms_of_the_wrong_size_give_no_answer_at_all()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 700, clickEvery: 2, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.True(report.SampleRatio.IsMismatch);
        Assert.All(report.Metrics, metric => Assert.Equal(MetricVerdict.NoAnswer, metric.Verdict));
    }

    [Fact]
    public async Task A_visitor_who_saw_both_variants_is_counted_apart()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 10, clickEvery: 2, buyEvery: 5);
        _world.Users.Add(new(new AssignmentId("both"), "control", 2, 999_999, 1, 10, 10, "EUR"));

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal(1, report.MixedUsers);
        Assert.Equal(10, report.Users[0].Users);
    }

    [Fact]
    public async Task An_arm_without_visitors_has_a_status_and_no_figures()
    {
        await _world.RunningForAsync(28, Token);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.All(report.Metrics, metric => Assert.Equal((ComparisonStatus.NoData, (double?)null), (metric.Comparison.Status, metric.Comparison.PValue)));
    }

    private static MetricResult Result(ExperimentReport report, string metric) => report.Metrics.Single(result => result.Metric == metric);

    private static MetricVerdict Verdict(ExperimentReport report, string metric) => Result(report, metric).Verdict;
}
