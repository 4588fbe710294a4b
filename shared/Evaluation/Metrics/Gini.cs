namespace Aisle.Evaluation.Metrics;

/// <summary>The Gini coefficient of exposure: 0 when all items are shown equally often, near 1 when a few take all places.</summary>
public static class Gini
{
    /// <summary>Measures how unequally the items were shown.</summary>
    /// <param name="exposures">For each item, how often it was shown; items never shown count. No entry negative.</param>
    /// <returns>In [0, 1 − 1/n], or null when there is no item or nothing was shown.</returns>
    /// <remarks>Gini (1912): Σ (2·i − n − 1)·x_i / (n·Σ x), x ascending, i from 1. O(n·log n).</remarks>
    public static double? Of(ReadOnlySpan<int> exposures)
    {
        int[] ascending = exposures.ToArray();
        Array.Sort(ascending);
        double weighted = 0;
        long total = 0;
        for (int index = 0; index < ascending.Length; index++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(ascending[index], nameof(exposures));
            weighted += ((2.0 * (index + 1)) - ascending.Length - 1) * ascending[index];
            total += ascending[index];
        }

        return total == 0 ? null : weighted / ((double)ascending.Length * total);
    }
}
