using Aisle.Numerics;

namespace Aisle.Statistics.Calibration;

/// <summary>How often something happened in independent trials, and how surely that is known.</summary>
/// <param name="Count">How often it happened.</param>
/// <param name="Trials">Of how many; not negative.</param>
public sealed record BinomialRate(long Count, long Trials)
{
    /// <summary>In [0, 1]; null without trials.</summary>
    public double? Rate => Trials == 0 ? null : (double)Count / Trials;

    /// <summary>Wilson's (1927) interval of the true rate; null without trials.</summary>
    /// <param name="alpha">The two-sided error, in (0, 1).</param>
    public (double Low, double High)? Interval(double alpha)
    {
        if (Rate is not { } rate)
        {
            return null;
        }

        double z = Normal.UpperQuantile(alpha / 2);
        double centre = rate + (z * z / (2 * Trials));
        double spread = z * Math.Sqrt((rate * (1 - rate) / Trials) + (z * z / (4.0 * Trials * Trials)));
        double scale = 1 + (z * z / Trials);
        return (Count == 0 ? 0 : (centre - spread) / scale, Count == Trials ? 1 : (centre + spread) / scale);
    }

    /// <summary>Whether a true rate is within so many of its own binomial standard errors, √(q(1 − q)/n); false without trials.</summary>
    /// <param name="truth">The rate that is claimed, q in (0, 1).</param>
    /// <param name="errors">How many standard errors chance is allowed.</param>
    public bool Agrees(double truth, double errors) =>
        Rate is { } rate && Math.Abs(rate - truth) <= errors * Math.Sqrt(truth * (1 - truth) / Trials);
}
