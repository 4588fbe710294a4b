namespace Aisle.Numerics;

/// <summary>The standard normal distribution: tail probabilities that stay exact far out, and quantiles.</summary>
public static class Normal
{
    private const int MaxNewtonSteps = 60;

    // Beyond it a tail is less than the least double above 0.
    private const double Furthest = 40;

    /// <summary>P(Z &gt; z), to about 14 digits of itself down to 1e-300; infinities give 0 and 1.</summary>
    public static double UpperTail(double z)
    {
        double half = Math.Abs(z) > Furthest ? 0 : 0.5 * IncompleteGamma.Upper(0.5, 0.5 * z * z);
        return z >= 0 ? half : 1 - half;
    }

    /// <summary>P(|Z| &gt; z) for z ≥ 0.</summary>
    public static double TwoSidedTail(double z)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(z);
        return 2 * UpperTail(z);
    }

    /// <summary>φ(z).</summary>
    public static double Density(double z) => Math.Exp(-0.5 * z * z) / Math.Sqrt(2 * Math.PI);

    /// <summary>The z whose upper tail is <paramref name="tail"/>; negative for tails beyond one half.</summary>
    /// <param name="tail">In (0, 1).</param>
    /// <remarks>Newton's method on the logarithm of the tail, which is concave.</remarks>
    public static double UpperQuantile(double tail)
    {
        if (!(tail is > 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "A tail lies in (0, 1).");
        }

        if (tail > 0.5)
        {
            return -UpperQuantile(1 - tail);
        }

        // The tail is at most exp(−z²/2)/2, so this lies beyond the quantile, from where the steps approach it without crossing.
        double z = Math.Sqrt(-2 * Math.Log(2 * tail));
        for (int step = 0; step < MaxNewtonSteps; step++)
        {
            double here = UpperTail(z);
            double next = z + (here * Math.Log(here / tail) / Density(z));
            if (Math.Abs(next - z) <= 1e-15 * Math.Abs(z))
            {
                return next;
            }

            z = Math.Max(next, 0);
        }

        return z;
    }
}
