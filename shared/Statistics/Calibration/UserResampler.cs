using Aisle.Numerics;

namespace Aisle.Statistics.Calibration;

/// <summary>Draws users with replacement from those that were observed; of the many without any value it only counts.</summary>
internal sealed class UserResampler
{
    private readonly double[] _numerators;
    private readonly double[]? _denominators;
    private readonly double _share;

    /// <summary>Keeps the users that have a value.</summary>
    public UserResampler(UserMetric metric)
    {
        int[] live = [.. Enumerable.Range(0, metric.Users).Where(user => metric.Numerators[user] != 0 || (metric.Denominators?[user] ?? 0) != 0)];
        _numerators = [.. live.Select(user => metric.Numerators[user])];
        _denominators = metric.Denominators is { } denominators ? [.. live.Select(user => denominators[user])] : null;
        _share = metric.Users == 0 ? 0 : (double)live.Length / metric.Users;
    }

    /// <summary>The share of users that have a value.</summary>
    public double Share => _share;

    /// <summary>The sums of so many users; without denominators those are 1 for each user.</summary>
    /// <param name="users">How many are drawn.</param>
    /// <param name="share">The share of them that is to have a value, in [0, 1].</param>
    /// <param name="factor">By which their numerators are multiplied.</param>
    /// <param name="random">Chance.</param>
    /// <remarks>The gaps between users with a value are geometric, so that the cost is that of those users alone.</remarks>
    public ArmRatio Draw(int users, double share, double factor, SeededRandom random)
    {
        double m = 0;
        double d = 0;
        double mm = 0;
        double dd = 0;
        double md = 0;
        double logOfNone = Math.Log(1 - share);
        for (long user = Gap(logOfNone, random); user < users && share > 0; user += 1 + Gap(logOfNone, random))
        {
            int drawn = random.NextInt(_numerators.Length);
            double numerator = factor * _numerators[drawn];
            double denominator = _denominators is null ? 0 : _denominators[drawn];
            m += numerator;
            mm += numerator * numerator;
            d += denominator;
            dd += denominator * denominator;
            md += numerator * denominator;
        }

        return _denominators is null ? new ArmRatio(users, m, users, mm, users, m) : new ArmRatio(users, m, d, mm, dd, md);
    }

    private static long Gap(double logOfNone, SeededRandom random) => (long)Math.Min(Math.Log(1 - random.NextDouble()) / logOfNone, long.MaxValue / 4);
}
