using Aisle.Numerics;
using Aisle.Statistics;
using Aisle.Statistics.Calibration;

namespace Aisle.Tests.Statistics.Calibration;

public sealed class SimulatedPowerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static readonly UserMetric Revenue = Observed(0.05, 5000);

    [Fact]
    public void A_simulation_ends_when_it_is_given_up()
    {
        using CancellationTokenSource given = new();
        given.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() => SimulatedPower.Of(Revenue, new SimulatedPowerPlan(0.2, 1_000_000, 1_000_000), given.Token));
    }

    [Fact]
    public void The_calculator_agrees_where_users_are_many() => Assert.All(Enum.GetValues<LiftShape>(), shape =>
    {
        SimulatedPower got = SimulatedPower.Of(Revenue, new SimulatedPowerPlan(0.2, 12_000, 12_000) { Shape = shape, Experiments = 1200 }, Token);

        Assert.Equal(ComparisonStatus.Ok, got.Status);

        // Four binomial standard errors and a point for what skewness is left.
        Assert.InRange(got.Power!.Rate!.Value, got.Calculated!.Value - 0.068, got.Calculated.Value + 0.068);
        Assert.True(got.WrongDirection!.Rate < 0.01);
    });

    [Fact]
    public void Without_a_lift_the_error_is_shown()
    {
        SimulatedPower got = SimulatedPower.Of(Revenue, new SimulatedPowerPlan(0, 12_000, 12_000) { Experiments = 1200 }, Token);

        Assert.True(got.Power!.Agrees(0.05, 4), $"{got.Power.Rate:P1}");
        Assert.Equal(0.05, got.Calculated!.Value, 1e-12);
    }

    [Fact]
    public void A_share_is_raised_by_more_buyers()
    {
        UserMetric buyers = UserMetric.OfShare("buyers", [.. Enumerable.Range(0, 1000).Select(user => user % 10 == 0)]);

        SimulatedPower got = SimulatedPower.Of(buyers, new SimulatedPowerPlan(0.2, 3841, 3841) { Experiments = 1200 }, Token);

        // 3,841 users an arm are Fleiss's pooled count for 10 % against 12 % at a power of 80 %.
        Assert.Equal(0.8, got.Calculated!.Value, 0.005);
        Assert.InRange(got.Power!.Rate!.Value, 0.8 - 0.048, 0.8 + 0.048);
    }

    [Fact]
    public void Skewness_asks_for_its_users()
    {
        // One buyer in 100: γ = (1 − 2p) ÷ √(p(1 − p)) by hand.
        UserMetric metric = UserMetric.OfMean("orders", [.. Enumerable.Range(0, 100).Select(user => user == 0 ? 1.0 : 0)]);

        SimulatedPower got = SimulatedPower.Of(metric, new SimulatedPowerPlan(0.5, 100, 100) { Experiments = 1 }, Token);

        Assert.Equal(0.98 / Math.Sqrt(0.01 * 0.99), got.Skewness!.Value, 1e-9);
        Assert.Equal(355 * got.Skewness.Value * got.Skewness.Value, got.UsersForNormality!.Value, 1e-6);
    }

    [Fact]
    public void What_cannot_be_simulated_is_a_status()
    {
        SimulatedPowerPlan plan = new(0.1, 100, 100);

        Assert.Equal(ComparisonStatus.NoData, SimulatedPower.Of(UserMetric.OfMean("none", []), plan, Token).Status);
        Assert.Equal(ComparisonStatus.ZeroVariance, SimulatedPower.Of(UserMetric.OfMean("constant", [3, 3, 3]), plan, Token).Status);
        Assert.Equal(ComparisonStatus.InvalidInput, SimulatedPower.Of(Revenue, plan with { ControlUsers = 1 }, Token).Status);
        Assert.Equal(ComparisonStatus.InvalidInput, SimulatedPower.Of(UserMetric.OfShare("all", [true, true]), plan, Token).Status);
        Assert.Throws<ArgumentException>(() => UserMetric.OfMean("broken", [1, double.NaN]));
        Assert.Throws<ArgumentException>(() => UserMetric.OfRatio("short", [1, 2], [1]));
    }

    private static UserMetric Observed(double buyers, int users)
    {
        SeededRandom random = new(12);
        return UserMetric.OfMean("revenue", [.. Enumerable.Range(0, users).Select(_ => random.NextDouble() < buyers ? Math.Exp(3.5 + (0.6 * random.NextNormal())) : 0)]);
    }
}
