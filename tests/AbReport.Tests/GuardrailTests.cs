using Aisle.AbReport.Results;
using Aisle.Events;

namespace Aisle.AbReport.Tests;

/// <summary>What a guardrail's four outcomes do to an experiment.</summary>
public sealed class GuardrailTests
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_that_load_slower_than_the_margin_harm_and_those_within_it_do_not()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Loads["control"] = [.. Enumerable.Range(0, 4_000).Select(i => 500L + (i % 1_000))];
        _world.Loads["varied"] = [.. Enumerable.Range(0, 4_000).Select(i => 500L + (i % 1_000) + (i % 1_000 > 800 ? 300 : 0))];

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal((MetricVerdict.Unharmed, MetricVerdict.Harmed), (Verdict(report, "page_load_p50"), Verdict(report, "page_load_p95")));
        Assert.Equal(1_449.05, Result(report, "page_load_p95").Comparison.Control!.Value, 0.5);
        Assert.Equal(VerdictKind.Invalid, report.Verdict.Kind);
    }

    [Fact]
    public async Task A_variant_that_shows_less_of_the_catalogue_harms_coverage()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 4_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 4_000, clickEvery: 4, buyEvery: 20);
        foreach (string variant in new[] { "control", "varied" })
        {
            _world.Items.AddRange(
                from bucket in Enumerable.Range(0, 20)
                from product in Enumerable.Range(0, variant == "varied" ? 30 + (bucket % 3) : 60 + (bucket % 4))
                select new Sql.ShownProducts(variant, bucket, 1 + ((bucket + product) % 5), 1));
        }

        ExperimentReport report = (await _world.Reporter.ReportAsync("home", Token))!;

        Assert.Equal(MetricVerdict.Harmed, Verdict(report, "catalogue_coverage"));
    }

    [Fact]
    public async Task A_worse_guardrail_that_is_shown_to_stay_within_its_margin_is_unharmed()
    {
        await _world.RunningForAsync(28, Token);
        _world.Visitors("control", 400_000, clickEvery: 4, buyEvery: 20);
        _world.Visitors("varied", 400_000, clickEvery: 4, buyEvery: 20);
        _world.Users.AddRange(Enumerable.Range(0, 4_000).Select(i => new Sql.ExperimentUser(new AssignmentId($"c{i}"), "control", 1, 0, 0, 10, 1, null)));
        _world.Users.AddRange(Enumerable.Range(0, 4_000).Select(i => new Sql.ExperimentUser(new AssignmentId($"v{i}"), "varied", 1, 0, 0, 10, 0, null)));

        MetricResult bounces = Result((await _world.Reporter.ReportAsync("home", Token))!, "bounce_rate");

        Assert.True(bounces.Guardrail!.InferiorPValue < 1e-6);
        Assert.Equal(MetricVerdict.Unharmed, bounces.Verdict);
    }

    private static MetricResult Result(ExperimentReport report, string metric) => report.Metrics.Single(result => result.Metric == metric);

    private static MetricVerdict Verdict(ExperimentReport report, string metric) => Result(report, metric).Verdict;
}
