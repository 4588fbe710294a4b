using Aisle.Numerics;

namespace Aisle.Statistics.Sequential;

/// <summary>How far a statistic must be out at each look so that all looks together keep the error: alpha spending.</summary>
/// <remarks>
/// Lan and DeMets (1983) by the recursion of Armitage, McPherson and Rowe (1969): the density of the path that has not crossed is carried
/// from look to look by Gauss-Legendre quadrature. Two-sided designs have a symmetric boundary and spend f(α/2) on each side.
/// </remarks>
/// <param name="Fractions">The share of the planned information at each look, rising, the last at most 1.</param>
/// <param name="Bounds">The boundary at each look, on the scale of z; infinite where nothing is spent yet.</param>
/// <param name="Spent">The error spent up to each look.</param>
/// <param name="NominalPValues">The p-value, one- or two-sided as the design, that just reaches the boundary.</param>
public sealed record GroupSequentialDesign(
    IReadOnlyList<double> Fractions, IReadOnlyList<double> Bounds, IReadOnlyList<double> Spent, IReadOnlyList<double> NominalPValues)
{
    // A tail beyond this many standard deviations is below double's smallest share of α.
    private const double Reach = 9;
    private const double PanelSteps = 3;
    private const double LeastSpent = 1e-15;
    private const double FirstGuess = 4;

    /// <summary>Computes the boundaries.</summary>
    /// <param name="fractions">The share of the planned information at each look: rising, in (0, 1]. A last look
    /// past the plan counts as 1.</param>
    /// <param name="alpha">The whole error, one- or two-sided, in (0, 1).</param>
    /// <param name="spending">How it is spent.</param>
    /// <param name="isTwoSided">Whether both directions count.</param>
    /// <exception cref="ArgumentException">The fractions do not rise or lie outside (0, 1].</exception>
    public static GroupSequentialDesign Of(IReadOnlyList<double> fractions, double alpha, SpendingFunction spending, bool isTwoSided)
    {
        ArgumentNullException.ThrowIfNull(fractions);
        ArgumentNullException.ThrowIfNull(spending);
        if (fractions.Count == 0 || !(alpha is > 0 and < 1) || fractions.Index().Any(look => !(look.Item > (look.Index == 0 ? 0 : fractions[look.Index - 1])) || look.Item > 1))
        {
            throw new ArgumentException("Information fractions rise within (0, 1] and the error lies in (0, 1).", nameof(fractions));
        }

        double sides = isTwoSided ? 2 : 1;
        double[] spent = [.. fractions.Select(fraction => spending.Spent(fraction, alpha / sides))];
        double[] bounds = new double[fractions.Count];
        (double Node, double Mass)[] path = [(0, 1)];
        double reached = 0;
        for (int look = 0; look < bounds.Length; look++)
        {
            double step = Math.Sqrt(fractions[look] - reached);
            double scale = Math.Sqrt(fractions[look]);
            double toSpend = spent[look] - (look == 0 ? 0 : spent[look - 1]);
            bounds[look] = Boundary(path, step, scale, toSpend, look > 0 && double.IsFinite(bounds[look - 1]) ? bounds[look - 1] : FirstGuess);
            path = look == bounds.Length - 1 ? path : Carry(path, step, Math.Sqrt(fractions[look + 1] - fractions[look]), scale, bounds[look], isTwoSided);
            reached = fractions[look];
        }

        return new GroupSequentialDesign(
            fractions, bounds, [.. spent.Select(side => sides * side)],
            [.. bounds.Select(bound => double.IsInfinity(bound) ? 0 : sides * Normal.UpperTail(bound))]);
    }

    // The path is on the scale of the Brownian motion B(t) = Z·√t, so that increments are independent.
    private static double Boundary((double Node, double Mass)[] path, double step, double scale, double toSpend, double guess)
    {
        if (toSpend < LeastSpent)
        {
            return double.PositiveInfinity;
        }

        double low = -Reach;
        double high = Reach + 30;
        double z = guess;
        for (int i = 0; i < 200; i++)
        {
            (double crossing, double slope) = Crossing(path, step, scale, z);
            if (crossing > toSpend)
            {
                low = z;
            }
            else
            {
                high = z;
            }

            double next = crossing > 0 && slope > 0 ? z + (crossing * Math.Log(crossing / toSpend) / slope) : double.NaN;
            next = next > low && next < high ? next : 0.5 * (low + high);
            if (Math.Abs(next - z) < 1e-12 * Math.Max(1, Math.Abs(z)))
            {
                return next;
            }

            z = next;
        }

        return z;
    }

    private static (double Crossing, double Slope) Crossing((double Node, double Mass)[] path, double step, double scale, double z)
    {
        double crossing = 0;
        double slope = 0;
        foreach ((double node, double mass) in path)
        {
            double distance = ((z * scale) - node) / step;
            if (distance < Reach)
            {
                crossing += mass * (distance < -Reach ? 1 : Normal.UpperTail(distance));
                slope += mass * Normal.Density(distance) * scale / step;
            }
        }

        return (crossing, slope);
    }

    // Panels are as wide as some steps of the path, before and behind, so that 16 nodes see its bell.
    private static (double, double)[] Carry((double Node, double Mass)[] path, double step, double next, double scale, double bound, bool isTwoSided)
    {
        double high = Math.Min(bound, Reach) * scale;
        double low = isTwoSided ? -high : -Reach * scale;
        (double Node, double Weight)[] nodes = GaussLegendre.Nodes(low, high, (int)Math.Ceiling((high - low) / (PanelSteps * Math.Min(step, next))));
        (double, double)[] carried = new (double, double)[nodes.Length];
        for (int i = 0; i < nodes.Length; i++)
        {
            double density = 0;
            foreach ((double node, double mass) in path)
            {
                double distance = (nodes[i].Node - node) / step;
                density += Math.Abs(distance) > Reach ? 0 : mass * Normal.Density(distance) / step;
            }

            carried[i] = (nodes[i].Node, nodes[i].Weight * density);
        }

        return carried;
    }
}
