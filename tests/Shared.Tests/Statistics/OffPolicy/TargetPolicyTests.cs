using Aisle.Numerics;
using Aisle.Statistics.OffPolicy;

namespace Aisle.Tests.Statistics.OffPolicy;

public sealed class TargetPolicyTests
{
    [Fact]
    public void An_item_that_was_never_shown_in_a_stratum_has_no_support_there()
    {
        TargetPolicy policy = new(2, 2, [0.7, 0.3, 0.5, 0.5]);
        LoggedAction[] log = [new(1, 0, 0, 1, 0.5), new(2, 1, 0, 0, 0.5), new(3, 1, 1, 0, 0.5)];

        IReadOnlyList<LoggedDecision> weighed = policy.Weigh(log, 2);

        Assert.Equal([0.3, 0, 0], weighed.Select(decision => decision.UnsupportedMass));
        Assert.Equal([0.7, 0.5, 0.5], weighed.Select(decision => decision.TargetProbability));
    }

    [Fact]
    public void A_prediction_does_not_depend_on_the_users_own_rewards()
    {
        BanditWorld world = new();
        LoggedAction[] log = world.Log(50, new SeededRandom(3));
        LoggedAction[] changed = [.. log.Select(shown => shown.User == 7 ? shown with { Reward = 1000 } : shown)];

        LoggedDecision[] before = [.. world.Target.Weigh(log, 3).Where(decision => decision.User == 7)];
        LoggedDecision[] after = [.. world.Target.Weigh(changed, 3).Where(decision => decision.User == 7)];

        Assert.Equal(before.Select(decision => decision.PredictedReward), after.Select(decision => decision.PredictedReward));
        Assert.Equal(before.Select(decision => decision.PredictedValue), after.Select(decision => decision.PredictedValue));
    }

    [Theory]
    [InlineData(new[] { 0.5, 0.6 }), InlineData(new[] { -0.5, 1.5 }), InlineData(new[] { 1.0 }), InlineData(new[] { double.NaN, 1 })]
    public void A_row_that_is_no_distribution_is_refused(double[] row) => Assert.Throws<ArgumentException>(() => new TargetPolicy(1, 2, row));

    [Fact]
    public void An_action_outside_the_table_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TargetPolicy(1, 2, [0.5, 0.5]).Weigh([new(1, 0, 2, 1, 0.5)], 2));
}
