namespace Aisle.Local.DemoShop.Chance;

/// <summary>Draws an index in proportion to weights.</summary>
internal static class Weighted
{
    /// <summary>The index under which the uniform number falls.</summary>
    /// <param name="weights">At least one, none negative, not all 0; they need not add up to 1.</param>
    /// <param name="uniform">A number in [0, 1).</param>
    public static int Pick(ReadOnlySpan<double> weights, double uniform)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            total += weight;
        }

        double left = uniform * total;
        for (int i = 0; i < weights.Length - 1; i++)
        {
            left -= weights[i];
            if (left < 0)
            {
                return i;
            }
        }

        return weights.Length - 1;
    }
}
