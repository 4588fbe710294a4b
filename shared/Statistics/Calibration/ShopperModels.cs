using Aisle.Numerics;
using Aisle.Statistics.Adjustment;

namespace Aisle.Statistics.Calibration;

/// <summary>Users of stated distributions, for experiments whose truth is known.</summary>
internal static class ShopperModels
{
    /// <summary>The true clicks per session of <see cref="Clicks"/>.</summary>
    public const double ClickRate = 0.1;

    /// <summary>An arm of exponential values: mean and deviation are <paramref name="mean"/>, skewness 2.</summary>
    public static ArmMean Exponential(int users, double mean, SeededRandom random)
    {
        (double sum, double squares) = ExponentialSums(users, mean, random);
        return ArmMean.FromSums(users, sum, squares);
    }

    /// <summary>Sum and sum of squares of exponential values.</summary>
    public static (double Sum, double Squares) ExponentialSums(int users, double mean, SeededRandom random)
    {
        double sum = 0;
        double squares = 0;
        for (int user = 0; user < users; user++)
        {
            double value = -mean * Math.Log(1 - random.NextDouble());
            sum += value;
            squares += value * value;
        }

        return (sum, squares);
    }

    /// <summary>How many of the users did it.</summary>
    public static int Conversions(int users, double share, SeededRandom random)
    {
        int conversions = 0;
        for (int user = 0; user < users; user++)
        {
            conversions += random.NextDouble() < share ? 1 : 0;
        }

        return conversions;
    }

    /// <summary>Clicks over sessions: sessions geometric with mean 4, each user's own rate uniform in [0, twice the rate].</summary>
    public static ArmRatio Clicks(int users, double factor, SeededRandom random)
    {
        double m = 0;
        double d = 0;
        double mm = 0;
        double dd = 0;
        double md = 0;
        for (int user = 0; user < users; user++)
        {
            double rate = 2 * factor * ClickRate * random.NextDouble();
            int sessions = 1 + (int)(Math.Log(1 - random.NextDouble()) / Math.Log(0.75));
            int clicks = Conversions(sessions, rate, random);
            m += clicks;
            d += sessions;
            mm += clicks * clicks;
            dd += sessions * sessions;
            md += clicks * sessions;
        }

        return new ArmRatio(users, m, d, mm, dd, md);
    }

    /// <summary>Exponential values before and after the experiment's start that share half their size: correlation 1/2.</summary>
    public static ArmCovariate WithPast(int users, double added, SeededRandom random)
    {
        double y = 0;
        double yy = 0;
        double x = 0;
        double xx = 0;
        double xy = 0;
        for (int user = 0; user < users; user++)
        {
            double shared = -Math.Log(1 - random.NextDouble());
            double before = shared - Math.Log(1 - random.NextDouble());
            double after = shared - Math.Log(1 - random.NextDouble()) + added;
            y += after;
            yy += after * after;
            x += before;
            xx += before * before;
            xy += before * after;
        }

        return new ArmCovariate(users, y, yy, x, xx, xy);
    }
}
