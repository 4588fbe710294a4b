using Aisle.Numerics;

namespace Aisle.Statistics.Calibration;

/// <summary>A shop whose true revenue per user is known: a share of users buys, and what they spend is log-normal.</summary>
/// <param name="BuyerShare">In (0, 1].</param>
/// <param name="LogMean">Mean of the logarithm of what a buyer spends.</param>
/// <param name="LogDeviation">Standard deviation of that logarithm, not negative.</param>
internal sealed record RevenueModel(double BuyerShare, double LogMean, double LogDeviation)
{
    /// <summary>A shop as ours: 2.1 % buyers, orders of about 47, coefficient of variation 9.1, skewness 16.</summary>
    public static RevenueModel HeavyTailed { get; } = new(0.021, 3.57, 0.752);

    /// <summary>True revenue per user.</summary>
    public double Mean => BuyerShare * Math.Exp(LogMean + (0.5 * LogDeviation * LogDeviation));

    /// <summary>The true standard deviation between users.</summary>
    public double Deviation => Math.Sqrt((BuyerShare * Math.Exp((2 * LogMean) + (2 * LogDeviation * LogDeviation))) - (Mean * Mean));

    /// <summary>The true skewness between users.</summary>
    public double Skewness
    {
        get
        {
            double squares = BuyerShare * Math.Exp((2 * LogMean) + (2 * LogDeviation * LogDeviation));
            double cubes = BuyerShare * Math.Exp((3 * LogMean) + (4.5 * LogDeviation * LogDeviation));
            return (cubes - (3 * Mean * squares) + (2 * Mean * Mean * Mean)) / Math.Pow(Deviation, 3);
        }
    }

    /// <summary>So many users; of those who buy nothing it only counts.</summary>
    /// <param name="users">How many.</param>
    /// <param name="factor">By which each spends more.</param>
    /// <param name="random">Chance.</param>
    public ArmMean Draw(int users, double factor, SeededRandom random)
    {
        double sum = 0;
        double squares = 0;
        double logOfNone = Math.Log(1 - BuyerShare);
        for (long user = Gap(); user < users; user += 1 + Gap())
        {
            double spent = factor * Math.Exp(LogMean + (LogDeviation * random.NextNormal()));
            sum += spent;
            squares += spent * spent;
        }

        return ArmMean.FromSums(users, sum, squares);

        long Gap() => (long)Math.Min(Math.Log(1 - random.NextDouble()) / logOfNone, int.MaxValue);
    }
}
