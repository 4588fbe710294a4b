namespace Aisle.Numerics;

/// <summary>The upper tail of the gamma distribution, and with it that of χ².</summary>
public static class IncompleteGamma
{
    private const int MaxTerms = 100_000;

    /// <summary>P(χ² &gt; x) with the given degrees of freedom.</summary>
    public static double ChiSquareUpperTail(double x, double degreesOfFreedom) => Upper(degreesOfFreedom / 2, x / 2);

    /// <summary>Q(a, x) = Γ(a, x) / Γ(a), the share beyond x.</summary>
    /// <param name="a">Positive.</param>
    /// <param name="x">At least 0.</param>
    /// <remarks>Abramowitz and Stegun (1964): the series 6.5.29 below a + 1, the continued fraction 6.5.31 beyond it.</remarks>
    public static double Upper(double a, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (x == 0)
        {
            return 1;
        }

        double front = Math.Exp((a * Math.Log(x)) - x - LogGamma.Of(a));
        return x < a + 1 ? 1 - (front * Series(a, x)) : front * Fraction(a, x);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MaxTerms && Math.Abs(term) > 1e-17 * sum; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return sum;
    }

    private static double Fraction(double a, double x)
    {
        double b = x + 1 - a;
        double c = 1e300;
        double d = 1 / b;
        double value = d;
        for (int n = 1; n < MaxTerms; n++)
        {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return value;
    }
}
