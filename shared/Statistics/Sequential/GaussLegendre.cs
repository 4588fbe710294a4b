namespace Aisle.Statistics.Sequential;

/// <summary>Nodes and weights of Gauss-Legendre quadrature on [−1, 1].</summary>
internal static class GaussLegendre
{
    private const int Panel = 16;

    private static readonly (double Node, double Weight)[] Rule = Compute(Panel);

    /// <summary>Calls back for each node of panels that divide an interval evenly.</summary>
    /// <param name="low">Its lower end.</param>
    /// <param name="high">Its upper end.</param>
    /// <param name="panels">How many panels of 16 nodes.</param>
    public static (double Node, double Weight)[] Nodes(double low, double high, int panels)
    {
        (double, double)[] nodes = new (double, double)[panels * Panel];
        double half = (high - low) / panels / 2;
        for (int panel = 0; panel < panels; panel++)
        {
            double centre = low + (((2 * panel) + 1) * half);
            for (int i = 0; i < Panel; i++)
            {
                nodes[(panel * Panel) + i] = (centre + (half * Rule[i].Node), half * Rule[i].Weight);
            }
        }

        return nodes;
    }

    // Newton's method on the Legendre polynomial (Abramowitz and Stegun 1964, 25.4.29).
    private static (double, double)[] Compute(int order)
    {
        (double, double)[] rule = new (double, double)[order];
        for (int i = 0; i < order; i++)
        {
            double x = Math.Cos(Math.PI * (i + 0.75) / (order + 0.5));
            double slope = 1;
            for (int step = 0; step < 100; step++)
            {
                (double value, slope) = Legendre(order, x);
                double next = x - (value / slope);
                bool isDone = Math.Abs(next - x) < 1e-16;
                x = next;
                if (isDone)
                {
                    break;
                }
            }

            rule[i] = (x, 2 / ((1 - (x * x)) * slope * slope));
        }

        return rule;
    }

    private static (double Value, double Slope) Legendre(int order, double x)
    {
        double before = 1;
        double value = x;
        for (int n = 2; n <= order; n++)
        {
            (before, value) = (value, ((((2 * n) - 1) * x * value) - ((n - 1) * before)) / n);
        }

        return (value, order * ((x * value) - before) / ((x * x) - 1));
    }
}
