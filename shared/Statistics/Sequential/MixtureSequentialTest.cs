namespace Aisle.Statistics.Sequential;

/// <summary>The mixture sequential probability ratio test: a p-value and intervals that may be watched at every look.</summary>
/// <remarks>Robbins (1970); Johari, Koomen, Pekelis and Walsh (2022), equation 8, with a normal mixture of fixed variance τ² around no
/// effect. Computed in logarithms.</remarks>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="PValues">The always-valid p at each look, never rising; empty without an answer.</param>
/// <param name="Intervals">The interval at each look, not intersected with earlier ones; empty without an answer.</param>
public sealed record MixtureSequentialTest(
    ComparisonStatus Status, IReadOnlyList<double> PValues, IReadOnlyList<(double Low, double High)> Intervals)
{
    /// <summary>Tests at every look.</summary>
    /// <param name="estimates">The estimated effect at each look.</param>
    /// <param name="variances">The variance of each estimate, positive.</param>
    /// <param name="tau2">The variance of the effects that one expects, fixed beforehand, positive.</param>
    /// <param name="alpha">The error over all looks, in (0, 1).</param>
    public static MixtureSequentialTest Of(IReadOnlyList<double> estimates, IReadOnlyList<double> variances, double tau2, double alpha)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        ArgumentNullException.ThrowIfNull(variances);
        if (estimates.Count != variances.Count || !(tau2 > 0) || !double.IsFinite(tau2)
            || estimates.Any(value => !double.IsFinite(value)) || variances.Any(value => !double.IsFinite(value) || value < 0))
        {
            return new MixtureSequentialTest(ComparisonStatus.InvalidInput, [], []);
        }

        if (estimates.Count == 0 || variances.Any(value => value == 0))
        {
            return new MixtureSequentialTest(estimates.Count == 0 ? ComparisonStatus.NoData : ComparisonStatus.ZeroVariance, [], []);
        }

        double[] p = new double[estimates.Count];
        (double, double)[] intervals = new (double, double)[estimates.Count];
        double best = 0;
        for (int look = 0; look < p.Length; look++)
        {
            double v = variances[look];
            double d = estimates[look];
            best = Math.Max(best, (0.5 * Math.Log(v / (v + tau2))) + (tau2 * d * d / (2 * v * (v + tau2))));
            double half = Math.Sqrt(v * (v + tau2) / tau2 * ((-2 * Math.Log(alpha)) + Math.Log((v + tau2) / v)));
            p[look] = Math.Exp(-best);
            intervals[look] = (d - half, d + half);
        }

        return new MixtureSequentialTest(ComparisonStatus.Ok, p, intervals);
    }
}
