using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.OffPolicy;
using CsCheck;

namespace Aisle.Tests.Statistics.OffPolicy;

public sealed class OffPolicyEvaluationTests
{
    private static readonly OffPolicyOptions Lenient = new() { LeastEffectiveDecisions = 0, MostWeightErrors = 1e9 };

    private static readonly Gen<LoggedDecision[]> Logs =
        (from user in Gen.Long[0, 20]
         from reward in Gen.Double[-1, 3]
         from propensity in Gen.Double[0.05, 1]
         from target in Gen.Double[0.05, 1]
         select new LoggedDecision(user, reward, propensity, target)).Array[30, 80];

    [Fact]
    public void Four_decisions_give_what_paper_gives()
    {
        // Weights 2, 1/2, 1, 1/2; Σwr = 2·1 + 1·3 = 5, Σw = 4.
        LoggedDecision[] log = [new(1, 1, 0.25, 0.5), new(2, 0, 0.5, 0.25), new(3, 3, 0.5, 0.5), new(4, 0, 1, 0.5)];

        OffPolicyEvaluation got = OffPolicyEvaluation.Of(log, Lenient);

        Assert.Equal(OffPolicyStatus.Ok, got.Status);
        Assert.Equal(1, got.Logged!.Value);
        Assert.Equal(1.25, got.Ips!.Value);
        Assert.Equal(1.25, got.SelfNormalised!.Value);
        Assert.Equal(16 / 5.5, got.EffectiveDecisions!.Value, 1e-12);
        Assert.Null(got.DoublyRobust);

        // IPS: e = 0.75, −1.25, 1.75, −1.25 about 1.25, squares 6.75; SE² = 6.75 / 3 / 4.
        Assert.Equal(Math.Sqrt(6.75 / 12), got.Ips.StandardError, 1e-12);
    }

    [Fact]
    public void The_doubly_robust_value_corrects_the_model_where_it_was_wrong()
    {
        LoggedDecision[] log =
        [
            new(1, 1, 0.5, 1) { PredictedReward = 0.5, PredictedValue = 0.4 },
            new(2, 0, 0.5, 0) { PredictedReward = 0.5, PredictedValue = 0.6 },
        ];

        OffPolicyEvaluation got = OffPolicyEvaluation.Of(log, Lenient);

        Assert.Equal((0.4 + (2 * 0.5) + 0.6) / 2, got.DoublyRobust!.Value, 1e-12);
        Assert.Same(got.DoublyRobust, got.Decision);
    }

    [Fact]
    public void The_running_policy_itself_is_worth_what_it_earned() => Logs.Sample(log =>
    {
        OffPolicyEvaluation got = OffPolicyEvaluation.Of([.. log.Select(decision => decision with { TargetProbability = decision.Propensity })], Lenient);
        return Math.Abs(got.Ips!.Difference) < 1e-12 && got.Ips.PValue is null && got.Ips.DifferenceInterval is null && got.MeanWeight == 1;
    });

    [Fact]
    public void The_p_value_is_below_alpha_exactly_when_the_interval_of_the_difference_excludes_zero() =>
        Gen.Select(Logs, Gen.Double[0.001, 0.4]).Sample((log, alpha) =>
        {
            PolicyValue got = OffPolicyEvaluation.Of(log, Lenient with { Alpha = alpha }).Decision!;
            (double low, double high) = got.DifferenceInterval!.Value;
            return Math.Abs(got.PValue!.Value - alpha) < 1e-9 || (got.PValue < alpha) == (low > 0 || high < 0);
        });

    [Fact]
    public void A_constant_added_to_every_reward_moves_the_self_normalised_value_by_itself() => Gen.Select(Logs, Gen.Double[-5, 5]).Sample((log, constant) =>
    {
        PolicyValue before = OffPolicyEvaluation.Of(log, Lenient).SelfNormalised!;
        PolicyValue after = OffPolicyEvaluation.Of([.. log.Select(decision => decision with { Reward = decision.Reward + constant })], Lenient).SelfNormalised!;
        return Math.Abs(after.Value - before.Value - constant) < 1e-9 && Math.Abs(after.StandardError - before.StandardError) < 1e-9;
    });

    [Fact]
    public void The_order_of_the_log_does_not_matter() => Logs.Sample(log =>
    {
        OffPolicyEvaluation there = OffPolicyEvaluation.Of(log, Lenient);
        OffPolicyEvaluation back = OffPolicyEvaluation.Of([.. log.Reverse()], Lenient);
        return Math.Abs(there.Ips!.Value - back.Ips!.Value) < 1e-12 && Math.Abs(there.Ips.StandardError - back.Ips.StandardError) < 1e-12;
    });

    [Fact]
    public void Mass_without_support_is_reported_and_above_the_limit_the_estimate_is_refused()
    {
        LoggedDecision[] log = [.. Enumerable.Range(0, 400).Select(user => new LoggedDecision(user, user % 3, 0.5, 0.45) { UnsupportedMass = 0.1 })];

        OffPolicyEvaluation refused = OffPolicyEvaluation.Of(log, new OffPolicyOptions());
        OffPolicyEvaluation given = OffPolicyEvaluation.Of(log, new OffPolicyOptions { MostUnsupportedMass = 0.2 });

        Assert.Equal(OffPolicyStatus.NoSupport, refused.Status);
        Assert.Equal(0.9, refused.SupportShare!.Value, 1e-12);
        Assert.Null(refused.Decision);
        Assert.NotNull(refused.Problem);
        Assert.Equal(OffPolicyStatus.Ok, given.Status);
    }

    [Fact]
    public void Propensities_that_cannot_be_true_are_found_by_their_mean_weight()
    {
        LoggedDecision[] log = [.. Enumerable.Range(0, 1000).Select(user => new LoggedDecision(user, 1, 0.25, user % 2 == 0 ? 0.6 : 0.4))];

        Assert.Equal(OffPolicyStatus.WrongPropensities, OffPolicyEvaluation.Of(log, new OffPolicyOptions()).Status);
    }

    [Fact]
    public void A_few_heavy_decisions_are_not_an_estimate()
    {
        LoggedDecision[] log = [.. Enumerable.Range(0, 1000).Select(user => user < 2 ? new LoggedDecision(user, 1, 0.002, 1) : new LoggedDecision(user, 1, 0.998, 0))];

        Assert.Equal(OffPolicyStatus.TooFewEffective, OffPolicyEvaluation.Of(log, new OffPolicyOptions()).Status);
    }

    [Fact]
    public void Nothing_and_one_user_have_no_answer()
    {
        Assert.Equal(OffPolicyStatus.NoData, OffPolicyEvaluation.Of([], new OffPolicyOptions()).Status);
        Assert.Equal(OffPolicyStatus.InsufficientData, OffPolicyEvaluation.Of([new(1, 1, 0.5, 0.5), new(1, 0, 0.5, 0.5)], new OffPolicyOptions()).Status);
    }

    [Theory]
    [InlineData(1, 0, 0.5, "propensity")]
    [InlineData(1, double.NaN, 0.5, "propensity")]
    [InlineData(1, 1.1, 0.5, "propensity")]
    [InlineData(1, 0.5, -0.1, "target")]
    [InlineData(double.PositiveInfinity, 0.5, 0.5, "reward")]
    public void A_figure_that_cannot_be_is_named(double reward, double propensity, double target, string named)
    {
        OffPolicyEvaluation got = OffPolicyEvaluation.Of([new(1, 1, 0.5, 0.5), new(2, reward, propensity, target)], new OffPolicyOptions());

        Assert.Equal(OffPolicyStatus.InvalidInput, got.Status);
        Assert.Contains("decision 1", got.Problem, StringComparison.Ordinal);
        Assert.Contains(named, got.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Rewards_that_never_come_have_a_value_and_no_interval()
    {
        LoggedDecision[] log = [.. Enumerable.Range(0, 200).Select(user => new LoggedDecision(user, 0, 0.5, user % 2 == 0 ? 0.6 : 0.4))];

        PolicyValue got = OffPolicyEvaluation.Of(log, new OffPolicyOptions()).Decision!;

        Assert.Equal(ComparisonStatus.ZeroVariance, got.Status);
        Assert.Equal(0, got.Value);
        Assert.Null(got.Interval);
        Assert.Null(got.PValue);
    }

    [Fact]
    public void Intervals_hold_the_true_value_of_a_simulated_policy_as_often_as_they_say()
    {
        const int Logs = 800;
        BanditWorld world = new();
        int[] held = new int[3];
        double[] squares = new double[3];
        for (int i = 0; i < Logs; i++)
        {
            OffPolicyEvaluation got = OffPolicyEvaluation.Of(world.Target.Weigh(world.Log(600, SeededRandom.Derive(11, (ulong)i)), 4), new OffPolicyOptions());
            PolicyValue[] values = [got.Ips!, got.SelfNormalised!, got.DoublyRobust!];
            for (int estimator = 0; estimator < values.Length; estimator++)
            {
                (double low, double high) = values[estimator].Interval!.Value;
                held[estimator] += low <= world.TrueValue && world.TrueValue <= high ? 1 : 0;
                squares[estimator] += Math.Pow(values[estimator].Value - world.TrueValue, 2);
            }
        }

        // Four binomial standard errors of 0.95 over 800 logs, and half a point for the skewness of weights.
        Assert.All(held, count => Assert.InRange((double)count / Logs, 0.95 - 0.031 - 0.005, 0.95 + 0.031));
        Assert.True(squares[2] < squares[0], $"Doubly robust misses by more than IPS: {squares[2]} against {squares[0]}.");
    }
}
