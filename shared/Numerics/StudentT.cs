namespace Aisle.Numerics;

/// <summary>Student's t distribution: tail probabilities that stay exact far out, and quantiles.</summary>
/// <remarks>Degrees of freedom are positive and need not be whole. Relative error below 1e-12 up to 1e7 degrees of freedom.</remarks>
public static class StudentT
{
    private const int MaxSteps = 300;

    /// <summary>P(T &gt; t).</summary>
    /// <param name="t">Any number; infinities give 0 and 1.</param>
    /// <param name="degreesOfFreedom">Positive.</param>
    /// <remarks>Abramowitz and Stegun (1964), 26.7.1: half the regularized incomplete beta function, taken on its small side.</remarks>
    public static double UpperTail(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        double half = 0.5 * TwoSidedTail(Math.Abs(t), degreesOfFreedom);
        return t >= 0 ? half : 1 - half;
    }

    /// <summary>P(|T| &gt; t) for t ≥ 0.</summary>
    public static double TwoSidedTail(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        ArgumentOutOfRangeException.ThrowIfNegative(t);
        if (double.IsPositiveInfinity(t))
        {
            return 0;
        }

        double square = t * t;
        double whole = degreesOfFreedom + square;
        return IncompleteBeta.Regularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / whole, square / whole);
    }

    /// <summary>The t whose upper tail is <paramref name="tail"/>.</summary>
    /// <param name="tail">In (0, 0.5]; smaller tails lie further out.</param>
    /// <param name="degreesOfFreedom">Positive.</param>
    /// <remarks>Newton's method on the logarithm of the tail, kept between bounds; where a step would leave them,
    /// the geometric mean of the bounds.</remarks>
    public static double UpperQuantile(double tail, double degreesOfFreedom)
    {
        if (!(tail is > 0 and <= 0.5))
        {
            throw new ArgumentOutOfRangeException(nameof(tail), tail, "A tail lies in (0, 0.5].");
        }

        // The tail is heavier than the normal one, so the quantile lies beyond the normal quantile.
        double low = Math.Max(Normal.UpperQuantile(tail), 0);
        double high = double.MaxValue;
        double t = tail == 0.5 ? 0 : Start(low, degreesOfFreedom);
        for (int step = 0; step < MaxSteps && t > 0; step++)
        {
            double here = UpperTail(t, degreesOfFreedom);
            if (here > tail)
            {
                low = Math.Max(low, t);
            }
            else
            {
                high = Math.Min(high, t);
            }

            double next = t + (here * Math.Log(here / tail) / Density(t, degreesOfFreedom));
            next = next >= low && next <= high ? next : Math.Sqrt(Math.Max(low, double.Epsilon)) * Math.Sqrt(high);
            if (Math.Abs(next - t) <= 1e-15 * t)
            {
                return next;
            }

            t = next;
        }

        return t;
    }

    private static double Density(double t, double nu)
    {
        double logScale = -LogGamma.HalfStep(nu / 2) + (0.5 * Math.Log(nu * Math.PI));
        return Math.Exp(-(((nu + 1) / 2) * double.LogP1(t * t / nu)) - logScale);
    }

    // The first terms of Cornish and Fisher's expansion (Abramowitz and Stegun 1964, 26.7.5).
    private static double Start(double z, double nu) => z + (((z * z * z) + z) / (4 * nu));
}
