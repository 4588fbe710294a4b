using Aisle.AbReport.Results;
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

        Assert.All(report.Metrics.Where(metric => metric.Comparison.Status == ComparisonStatus.Ok), metric => Assert.Equal(MetricVerdict.KeepRunning, metric.Verdict));
        Assert.Equal(VerdictKind.KeepRunning, report.Verdict.Kind);
        Assert.Contains("14 days", report.Conclusions[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arms_of_the_wrong_size_give_no_answer_at_all()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 700, clickEvery: 2, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.True(report.Health.SampleRatio.IsMismatch);
        Assert.All(report.Metrics, metric => Assert.Equal(MetricVerdict.NoAnswer, metric.Verdict));
    }

    [Fact]
    public async Task A_visitor_who_saw_both_variants_is_counted_apart()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 10, clickEvery: 2, buyEvery: 5);
        _world.Users.Add(new(new AssignmentId("both"), "control", 2, 999_999, 1, 10, 10, "EUR"));

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal(1, report.Health.Mixed);
        Assert.Equal(10, report.Users[0].Users);
    }

    [Fact]
    public async Task An_arm_without_visitors_has_a_status_and_no_figures()
    {
        await _world.RunningForAsync(28, Token);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.All(report.Metrics, metric => Assert.Equal((ComparisonStatus.NoData, (double?)null), (metric.Comparison.Status, metric.Comparison.PValue)));
    }

    [Fact]
    public async Task A_variant_that_earns_more_and_harms_nothing_is_to_be_shipped()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: 17);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal((VerdictKind.Ship, "varied"), (report.Verdict.Kind, report.Verdict.Variant));
        Assert.False(report.Verdict.IsTooGood);
        Assert.Equal(MetricVerdict.Higher, Verdict(report, "revenue_per_user"));
    }

    [Fact]
    public async Task A_harmed_guardrail_stops_a_variant_that_earns_more()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 20_000, clickEvery: 2, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 3, buyEvery: 17);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal(MetricVerdict.Harmed, Verdict(report, "bounce_rate"));
        Assert.Equal((VerdictKind.Invalid, "guardrail_harmed"), (report.Verdict.Kind, report.Verdict.Reasons[0].Code));
    }

    [Fact]
    public async Task A_planned_end_without_an_effect_says_do_not_ship_and_what_would_have_been_found()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 20_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 20_000, clickEvery: 4, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal((VerdictKind.DoNotShip, "no_effect_found"), (report.Verdict.Kind, report.Verdict.Reasons[0].Code));
    }

    [Fact]
    public async Task An_open_experiment_says_how_many_visitors_and_days_it_still_needs()
    {
        await _world.RunningForAsync(21, Token);
        _world.Visitors("control", 2_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 2_000, clickEvery: 4, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        // Conversion of 5 % and a lift of 5 %: about 122,000 visitors an arm (Fleiss, Levin and Paik 2003).
        Assert.Equal(VerdictKind.KeepRunning, report.Verdict.Kind);
        Assert.InRange(report.Verdict.MoreVisitors!.Value, 220_000, 245_000);
        Assert.InRange(report.Verdict.MoreDays!.Value, 1_100, 1_300);
    }

    [Fact]
    public async Task An_effect_beyond_belief_is_flagged()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 2_000, clickEvery: 4, buyEvery: 40);
        _world.Visitors("varied", 2_000, clickEvery: 4, buyEvery: 10);

        Assert.True((await _world.Reporter.ReportAsync("home", Token))!.Verdict.IsTooGood);
    }

    [Fact]
    public async Task Variants_that_do_not_follow_from_salt_and_bucket_make_the_experiment_invalid_and_are_counted()
    {
        await _world.RunningForAsync(28, Token);
        _world.LoggedBucket = 17;
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal((VerdictKind.Invalid, "wrong_assignment"), (report.Verdict.Kind, report.Verdict.Reasons[0].Code));
        Assert.Equal(1_000, report.Health.Wrong["varied"]);
    }

    [Fact]
    public async Task Money_of_several_currencies_is_not_added_up()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Users.Add(new(new AssignmentId("yen"), "control", 1, 5_000, 1, 10, 1, "JPY"));
        _world.Users.Add(new(new AssignmentId("yen-2"), "varied", 1, 5_000, 1, 10, 1, "JPY"));

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal("mixed_currencies", report.Verdict.Reasons[0].Code);
        Assert.Contains("EUR 100, JPY 2", report.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Null(Result(report, "revenue_per_user").Comparison.Control);
        Assert.NotNull(Result(report, "conversion").Comparison.Control);
    }

    [Fact]
    public async Task A_single_purchase_in_another_currency_is_left_out_and_named()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);
        ExperimentReport without = (await _world.Reporter.ReportAsync("home", Token))!;
        _world.Users.Add(new(new AssignmentId("nowhere"), "control", 1, 5_000_000, 1, 10, 1, "XQZ"));

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;
        (_, _, string page) = await _world.SendAsync("GET", "/v1/experiments/home/report?format=html", null);

        Assert.Equal("EUR", report.Currency);
        Assert.Equal((1, 1), (report.Health.OtherCurrency, report.Health.BuyersByCurrency["XQZ"]));
        Assert.Equal(without.Users, report.Users);
        Assert.Equal(Result(without, "revenue_per_user").Comparison, Result(report, "revenue_per_user").Comparison);
        Assert.Contains("1 who paid in another one left out (buyers: EUR 100, XQZ 1)", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dimension_with_one_value_is_no_segment()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);

        Assert.Empty((await _world.Reporter.ReportAsync("home", Token))!.Segments);
    }

    [Fact]
    public async Task Looking_early_asks_for_a_smaller_p_than_looking_at_the_end()
    {
        await _world.RunningForAsync(14, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 2, buyEvery: 20);
        MetricResult clicks = Result((await _world.Reporter.ReportAsync("home", Token))!, "click_through");

        // Half of the time of 28 days of O'Brien and Fleming's spending at a quarter of 0.05, as there are four goals.
        Assert.InRange(clicks.Level, 0.0001, 0.0005);
        Assert.True(clicks.AdjustedPValue >= clicks.Comparison.PValue);
    }

    [Fact]
    public async Task An_experiment_that_was_stopped_early_is_judged_as_what_it_is_and_not_as_running_on()
    {
        await _world.RunningForAsync(9, Token);
        _world.Visitors("control", 1_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 1_000, clickEvery: 4, buyEvery: 20);
        await _world.SendAsync("PATCH", "/v1/experiments/home", """{"state":"stopped"}""");
        _world.Clock.Advance(TimeSpan.FromDays(11));

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal((VerdictKind.Invalid, "not_whole_weeks"), (report.Verdict.Kind, report.Verdict.Reasons[0].Code));
        Assert.Equal((9.0, 28.0), (report.Days, report.PlannedDays));
    }

    [Fact]
    public async Task A_boundary_crossed_within_a_week_is_decided_on_at_its_end()
    {
        await _world.RunningForAsync(16, Token);
        _world.Visitors("control", 40_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 40_000, clickEvery: 4, buyEvery: 15);

        ReportVerdict verdict = (await _world.Reporter.ReportAsync("home", Token))!.Verdict;

        Assert.Equal((VerdictKind.KeepRunning, "week_incomplete", 5L), (verdict.Kind, verdict.Reasons[0].Code, verdict.MoreDays));
    }

    [Theory, InlineData(-1), InlineData(0), InlineData(0.01), InlineData(1), InlineData(3), InlineData(7)]
    public async Task A_look_in_the_first_days_is_answered_and_decides_nothing(double days)
    {
        await _world.RunningForAsync(days, Token);
        _world.Visitors("control", 300, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 300, clickEvery: 2, buyEvery: 5);

        (int status, _, string page) = await _world.SendAsync("GET", "/v1/experiments/home/report?format=html", null);
        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal((200, VerdictKind.KeepRunning), (status, report.Verdict.Kind));
        Assert.DoesNotMatch("NaN|Infinity|∞", page);
        Assert.All(report.Metrics, metric => Assert.InRange(metric.Level, double.Epsilon, 0.1));
    }

    private static MetricResult Result(ExperimentReport report, string metric) => report.Metrics.Single(result => result.Metric == metric);

    private static MetricVerdict Verdict(ExperimentReport report, string metric) => Result(report, metric).Verdict;
}
