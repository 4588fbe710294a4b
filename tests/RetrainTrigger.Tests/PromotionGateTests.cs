using Aisle.Evaluation;
using Aisle.Ports;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Steps;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

public sealed class PromotionGateTests
{
    private static readonly PromotionGate Gate = new(new RetrainOptions { RunsFolder = "" });

    [Fact]
    public void A_first_model_that_beats_popularity_may_serve() =>
        Assert.Empty(Gate.Decide(Judged(0.2, 0.15, 0.25), null, []).Objections);

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.05)]
    [InlineData(double.NaN)]
    public void A_model_that_does_not_beat_popularity_may_not_serve(double hybrid) =>
        Assert.Contains("popularity", Assert.Single(Gate.Decide(Judged(hybrid, 0, 1), null, []).Objections), StringComparison.Ordinal);

    [Fact]
    public void A_drop_that_chance_explains_is_remarked_and_one_beyond_it_is_refused()
    {
        Run last = Judged(0.4, 0.3, 0.5);

        GateDecision chance = Gate.Decide(Judged(0.25, 0.15, 0.35), last, []);
        GateDecision beyond = Gate.Decide(Judged(0.25, 0.20, 0.30), last, []);

        Assert.Empty(chance.Objections);
        Assert.Contains(chance.Remarks, remark => remark.Contains("chance", StringComparison.Ordinal));
        Assert.Contains("chance does not explain", Assert.Single(beyond.Objections), StringComparison.Ordinal);
    }

    [Fact]
    public void Small_falls_night_after_night_do_not_add_up_to_a_large_one()
    {
        Run[] history = [Judged(0.34, 0.3, 0.4), Judged(0.4, 0.3, 0.5), Judged(0.42, 0.3, 0.5), Judged(0.5, 0.4, 0.6), Judged(0.5, 0.4, 0.6)];
        Run run = Judged(0.29, 0.26, 0.32);

        Assert.Empty(Gate.Decide(run, history[0], history[..2]).Objections); // two models have no usual value yet
        Assert.Contains("median of the latest models", Assert.Single(Gate.Decide(run, history[0], history).Objections), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("products", 60, false), InlineData("products", 80, true)]
    [InlineData("shoppers", 60, false), InlineData("interactions", 60, false)]
    [InlineData("interactions", 300, true)]
    public void A_shop_that_shrank_by_more_than_a_third_is_refused(string count, double now, bool mayServe)
    {
        Run run = With(Judged(0.2, 0.1, 0.3), StepNames.Snapshot, Sizes(100, (count, now)));
        Run last = With(Judged(0.2, 0.1, 0.3), StepNames.Snapshot, Sizes(100));

        IReadOnlyList<string> objections = Gate.Decide(run, last, []).Objections;

        Assert.Equal(mayServe, objections.Count == 0);
        Assert.All(objections, objection => Assert.Contains(count, objection, StringComparison.Ordinal));
    }

    [Fact]
    public void A_model_that_shows_everybody_the_same_is_refused()
    {
        Run run = Judged(0.2, 0.1, 0.3, ("hybrid.coverage", 0.01));
        Run last = Judged(0.2, 0.1, 0.3, ("hybrid.coverage", 0.3));

        Assert.Contains("everybody the same", Assert.Single(Gate.Decide(run, last, []).Objections), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ShadowCounts.Overlap, 0.01), InlineData(ShadowCounts.PriceShift, -0.6), InlineData(ShadowCounts.PriceShift, 2.0)]
    [InlineData(ShadowCounts.CategoryShift, 0.7), InlineData(ShadowCounts.Overlap, double.NaN)]
    public void A_shadow_diff_beyond_its_bounds_is_refused(string count, double value) =>
        Assert.Single(Gate.Decide(With(Judged(0.2, 0.1, 0.3), StepNames.Gate, new() { [count] = value }), null, []).Objections);

    [Fact]
    public void Drift_is_remarked_and_does_not_refuse()
    {
        GateDecision decision = Gate.Decide(With(Judged(0.2, 0.1, 0.3), StepNames.Gate, new() { [ShadowCounts.ScoreDrift] = 0.3, [ShadowCounts.PriceDrift] = 0.2 }), null, []);

        Assert.Empty(decision.Objections);
        Assert.Contains(ShadowCounts.ScoreDrift, Assert.Single(decision.Drifts), StringComparison.Ordinal);
    }

    private static Run Judged(double hybrid, double low, double high, params (string Name, double Value)[] more)
    {
        Dictionary<string, double> counts = new()
        {
            ["hybrid.ndcg"] = hybrid,
            ["hybrid.ndcg.low"] = low,
            ["hybrid.ndcg.high"] = high,
            ["popularity.ndcg"] = 0.1,
        };
        foreach ((string name, double value) in more)
        {
            counts[name] = value;
        }

        Run run = With(Some.Run(), StepNames.Evaluation, counts);
        Assert.Equal(hybrid, EvaluationCounts.Find(run, "hybrid", Metric.Ndcg));
        return run;
    }

    private static Run With(Run run, string step, Dictionary<string, double> counts) =>
        run with { Steps = [.. run.Steps.Where(known => known.Name != step), new RunStep { Name = step, State = RunStepState.Done, Counts = counts }] };

    private static Dictionary<string, double> Sizes(double size, params (string Name, double Value)[] changed)
    {
        Dictionary<string, double> sizes = new() { ["products"] = size, ["shoppers"] = size, ["interactions"] = 4 * size };
        foreach ((string name, double value) in changed)
        {
            sizes[name] = value;
        }

        return sizes;
    }
}
