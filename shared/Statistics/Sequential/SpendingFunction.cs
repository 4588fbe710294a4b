using Aisle.Numerics;

namespace Aisle.Statistics.Sequential;

/// <summary>How much of the error may be spent by the time a share of the information is in: Lan and DeMets (1983).</summary>
public sealed record SpendingFunction
{
    private readonly Func<double, double, double> _spent;

    private SpendingFunction(Func<double, double, double> spent) => _spent = spent;

    /// <summary>Hardly anything early, as O'Brien and Fleming (1979): 2 − 2Φ(z_{α/2} ÷ √t). The default for a planned duration.</summary>
    public static SpendingFunction OBrienFleming { get; } = new((t, alpha) => Normal.TwoSidedTail(Normal.UpperQuantile(alpha / 2) / Math.Sqrt(t)));

    /// <summary>About the same at each look, as Pocock (1977): α·ln(1 + (e − 1)t).</summary>
    public static SpendingFunction Pocock { get; } = new((t, alpha) => alpha * double.LogP1((Math.E - 1) * t));

    /// <summary>The power family of Kim and DeMets (1987): α·t^ρ.</summary>
    /// <param name="rho">Positive; 3 is near O'Brien and Fleming, 1 near Pocock.</param>
    public static SpendingFunction Power(double rho)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rho);
        return new SpendingFunction((t, alpha) => alpha * Math.Pow(t, rho));
    }

    /// <summary>The one-sided error spent at a share of the information.</summary>
    /// <param name="fraction">In (0, 1].</param>
    /// <param name="alpha">The whole one-sided error, in (0, 1).</param>
    public double Spent(double fraction, double alpha) => _spent(fraction, alpha);
}
