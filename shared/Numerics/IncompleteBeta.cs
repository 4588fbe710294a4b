namespace Aisle.Numerics;

/// <summary>The regularized incomplete beta function.</summary>
public static class IncompleteBeta
{
    private const int MaxTerms = 200_000;
    private const double Tiny = 1e-300;

    /// <summary>I_x(a, 1/2) or, more generally, I_x(a, b) for b = 1/2: what the t distribution needs.</summary>
    /// <param name="a">Positive.</param>
    /// <param name="b">1/2.</param>
    /// <param name="x">In [0, 1].</param>
    /// <param name="complement">1 − x, given apart because it may be far smaller than the rounding of x.</param>
    /// <remarks>The continued fraction of Abramowitz and Stegun (1964), 26.5.8, by Lentz's method, on the side
    /// where it converges fast.</remarks>
    public static double Regularized(double a, double b, double x, double complement)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNotEqual(b, 0.5);
        if (x <= 0 || complement <= 0)
        {
            return x <= 0 ? 0 : 1;
        }

        // ln B(a, 1/2) = ln Γ(1/2) − (ln Γ(a + 1/2) − ln Γ(a)).
        double logBeta = (0.5 * Math.Log(Math.PI)) - LogGamma.HalfStep(a);
        double logX = x < 0.5 ? Math.Log(x) : double.LogP1(-complement);
        double front = Math.Exp((a * logX) + (b * Math.Log(complement)) - logBeta);
        return x < (a + 1) / (a + b + 2)
            ? front * Fraction(a, b, x) / a
            : 1 - (front * Fraction(b, a, complement) / b);
    }

    private static double Fraction(double a, double b, double x)
    {
        double c = 1;
        double d = 1 / NotZero(1 - ((a + b) * x / (a + 1)));
        double value = d;
        for (int m = 1; m <= MaxTerms; m++)
        {
            double even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            value *= d * c;
            double odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            value *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return value;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
