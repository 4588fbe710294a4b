namespace Aisle.Numerics;

/// <summary>The logarithm of the gamma function, and differences of it that would cancel if taken apart.</summary>
public static class LogGamma
{
    private const double SeriesFrom = 16;

    /// <summary>ln Γ(x) for x &gt; 0, to about 14 digits.</summary>
    /// <remarks>Stirling's series (Abramowitz and Stegun 1964, 6.1.41) beyond 16, reached by the recurrence Γ(x + 1) = x·Γ(x).</remarks>
    public static double Of(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        double product = 1;
        while (x < SeriesFrom)
        {
            product *= x;
            x++;
        }

        double r = 1 / (x * x);
        double series = ((((((((691.0 / 360_360) * r) - (1.0 / 1_188)) * r) + (1.0 / 1_680)) * r - (1.0 / 1_260)) * r + (1.0 / 360)) * -r) + (1.0 / 12);
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + (series / x) - Math.Log(product);
    }

    /// <summary>ln Γ(x + 1/2) − ln Γ(x) for x &gt; 0, without cancellation for large x.</summary>
    /// <remarks>The asymptotic series of the ratio (Tricomi and Erdélyi 1951) beyond 16, reached by the recurrence.</remarks>
    public static double HalfStep(double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(x);
        double log = 0;
        while (x < SeriesFrom)
        {
            log += Math.Log(x / (x + 0.5));
            x++;
        }

        double r = 1 / x;
        double r2 = r * r;
        double series = r * (-(1.0 / 8) + (r2 * ((1.0 / 192) + (r2 * (-(1.0 / 640) + (r2 * ((17.0 / 14_336) - (r2 * (31.0 / 18_432)))))))));
        return (0.5 * Math.Log(x)) + series + log;
    }
}
