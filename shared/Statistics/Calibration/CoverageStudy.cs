using System.Globalization;
using Aisle.Numerics;
using Aisle.Statistics.Adjustment;

namespace Aisle.Statistics.Calibration;

/// <summary>Whether 95 % intervals hold the truth in 95 % of experiments: on users of stated distributions they must, on heavy
/// tails the true coverage is shown.</summary>
/// <param name="experiments">How many of each kind, positive.</param>
/// <param name="seed">Of chance.</param>
/// <param name="degreeOfParallelism">Threads at once; −1 for all. The result does not depend on it.</param>
public sealed class CoverageStudy(int experiments, ulong seed, int degreeOfParallelism)
{
    /// <summary>The error of every interval.</summary>
    public const double Alpha = 0.05;

    private const double Lift = 0.1;

    private static readonly double[] TreatedShares = [0.5, 0.1];

    /// <summary>Intervals that must cover: Welch, Newcombe, delta-method ratio, Fieller, CUPED.</summary>
    public IReadOnlyList<IntervalCoverage> Promised() =>
    [
        Study("Welch, difference of means", "exponential, 500 users an arm, lift 10 %", true, Lift, random =>
            Interval(ArmComparison.OfMeans(ShopperModels.Exponential(500, 1, random), ShopperModels.Exponential(500, 1 + Lift, random), Alpha))),
        Study("Fieller, lift of means", "exponential, 500 users an arm, lift 10 %", true, Lift, random =>
            Lifted(ArmComparison.OfMeans(ShopperModels.Exponential(500, 1, random), ShopperModels.Exponential(500, 1 + Lift, random), Alpha))),
        Study("Newcombe, difference of shares", "10 % and 11 %, 2,000 users an arm", true, 0.01, random =>
            ProportionComparison.Of(2000, ShopperModels.Conversions(2000, 0.1, random), 2000, ShopperModels.Conversions(2000, 0.11, random), Alpha).Newcombe!.Value),
        Study("Delta method, difference of ratios", "clicks over geometric sessions, users unlike, 500 an arm", true, Lift * ShopperModels.ClickRate, random =>
            Interval(ArmComparison.OfRatios(ShopperModels.Clicks(500, 1, random), ShopperModels.Clicks(500, 1 + Lift, random), Alpha))),
        Study("CUPED, difference of means", "correlation 0.5, 500 users an arm", true, Lift, random =>
        {
            CupedComparison adjusted = CupedComparison.OfMeans(ShopperModels.WithPast(500, 0, random), ShopperModels.WithPast(500, Lift, random), Alpha);
            return (adjusted.Low!.Value, adjusted.High!.Value);
        }),
    ];

    /// <summary>Welch's and Fieller's true coverage of heavy-tailed revenue, arms alike and unlike in size.</summary>
    /// <param name="users">Users of both arms together.</param>
    public IReadOnlyList<IntervalCoverage> HeavyTailed(int users)
    {
        RevenueModel shop = RevenueModel.HeavyTailed;
        return
        [
            .. TreatedShares.SelectMany(share =>
            {
                int treated = (int)(users * share);
                string on = string.Create(CultureInfo.InvariantCulture,
                    $"2.1 % buyers, log-normal orders, skewness {shop.Skewness:0.0}, {users - treated:N0} and {treated:N0} users, lift 10 %");
                return new[]
                {
                    Study("Welch, revenue per user", on, false, Lift * shop.Mean, random => Interval(Compare(shop, users - treated, treated, random))),
                    Study("Fieller, lift of revenue per user", on, false, Lift, random => Lifted(Compare(shop, users - treated, treated, random))),
                };
            }),
        ];
    }

    private static ArmComparison Compare(RevenueModel shop, int control, int treated, SeededRandom random) =>
        ArmComparison.OfMeans(shop.Draw(control, 1, random), shop.Draw(treated, 1 + Lift, random), Alpha);

    private static (double, double) Interval(ArmComparison comparison) =>
        (comparison.Low ?? double.NegativeInfinity, comparison.High ?? double.PositiveInfinity);

    // Without a bounded interval of the lift nothing is excluded.
    private static (double, double) Lifted(ArmComparison comparison) =>
        (comparison.LiftLow ?? double.NegativeInfinity, comparison.LiftHigh ?? double.PositiveInfinity);

    private IntervalCoverage Study(string name, string distribution, bool isPromised, double truth, Func<SeededRandom, (double Low, double High)> interval)
    {
        int[] sides = Replications.Run(experiments, seed, degreeOfParallelism, random =>
        {
            (double low, double high) = interval(random);
            return truth < low ? 1 : truth > high ? -1 : 0;
        }, CancellationToken.None);
        return new IntervalCoverage(
            name, distribution, new BinomialRate(sides.Count(side => side == 0), experiments), new BinomialRate(sides.Count(side => side < 0), experiments),
            new BinomialRate(sides.Count(side => side > 0), experiments), isPromised);
    }
}
