using Aisle.Statistics.Planning;

namespace Aisle.Statistics.Calibration;

/// <summary>Whether experiments of the size that the calculator asks for find what they are to find, as often as it says.</summary>
/// <param name="experiments">How many of each kind, positive.</param>
/// <param name="seed">Of chance.</param>
/// <param name="degreeOfParallelism">Threads at once; −1 for all. The result does not depend on it.</param>
public sealed class PowerStudy(int experiments, ulong seed, int degreeOfParallelism)
{
    private const double Alpha = 0.05;

    /// <summary>Runs the study: a mean, a share, heavy-tailed revenue.</summary>
    public IReadOnlyList<PowerCheck> Run()
    {
        RevenueModel shop = RevenueModel.HeavyTailed;
        SampleSize mean = SampleSize.OfMean(1, 1, Plan(0.15));
        SampleSize share = SampleSize.OfProportion(0.1, Plan(0.2));
        SampleSize revenue = SampleSize.OfMean(shop.Mean, shop.Deviation, Plan(0.3));
        return
        [
            Check("Welch on exponential values, +15 %", mean, users => random =>
                ArmComparison.OfMeans(ShopperModels.Exponential(users, 1, random), Moved(ShopperModels.Exponential(users, 1, random), 0.15), Alpha).PValue),
            Check("Pooled test of shares, 10 % and +20 %", share, users => random => ProportionComparison.Of(
                users, ShopperModels.Conversions(users, 0.1, random), users, ShopperModels.Conversions(users, 0.12, random), Alpha).PooledPValue),
            Check("Welch on heavy-tailed revenue, +30 %", revenue, users => random =>
                ArmComparison.OfMeans(shop.Draw(users, 1, random), Moved(shop.Draw(users, 1, random), 0.3 * shop.Mean), Alpha).PValue),
        ];
    }

    private static SampleSizePlan Plan(double lift) => new(lift, Alpha, 0.8, 1, true, null, 2);

    // The calculator of means takes both arms to vary alike.
    private static ArmMean Moved(ArmMean arm, double added) => arm with { Mean = arm.Mean + added };

    private PowerCheck Check(string name, SampleSize size, Func<int, Func<Numerics.SeededRandom, double?>> experiment)
    {
        Func<Numerics.SeededRandom, double?> run = experiment((int)size.ControlUsers!.Value);
        return new PowerCheck(name, size.ControlUsers.Value, size.Power!.Value, Replications.Count(experiments, seed, degreeOfParallelism, random => run(random) <= Alpha));
    }
}
