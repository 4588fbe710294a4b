namespace Aisle.Evaluation.Metrics;

/// <summary>The population stability index: how far a distribution has moved from an earlier one.</summary>
/// <remarks>Σ (a − e) · ln(a / e) over the bins: Kullback and Leibler's (1951) symmetric divergence J. By the usual reading below 0.1
/// nothing happened, from 0.25 on much did. Half a count is added to each bin, so that an empty one does not make it infinite.</remarks>
public static class StabilityIndex
{
    private const double Smoothing = 0.5;

    /// <summary>Of labels, such as categories.</summary>
    /// <param name="expected">The earlier ones.</param>
    /// <param name="actual">The later ones.</param>
    /// <returns>Not negative; null when one side is empty.</returns>
    public static double? OfLabels<T>(IReadOnlyCollection<T> expected, IReadOnlyCollection<T> actual)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        return OfCounts(Counted(expected), Counted(actual));

        static Dictionary<T, long> Counted(IEnumerable<T> labels) => labels.CountBy(label => label).ToDictionary(pair => pair.Key, pair => (long)pair.Value);
    }

    /// <summary>Of how often each label occurred.</summary>
    /// <param name="expected">The earlier counts; none is negative.</param>
    /// <param name="actual">The later counts.</param>
    /// <returns>Not negative; null when one side has no count.</returns>
    public static double? OfCounts<T>(IReadOnlyDictionary<T, long> expected, IReadOnlyDictionary<T, long> actual)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        T[] labels = [.. expected.Keys.Union(actual.Keys)];
        return Of([.. labels.Select(label => expected.GetValueOrDefault(label))], [.. labels.Select(label => actual.GetValueOrDefault(label))]);
    }

    /// <summary>Of numbers, in bins that hold equally many of the earlier ones.</summary>
    /// <param name="expected">The earlier ones.</param>
    /// <param name="actual">The later ones; what is not a number falls into the first bin.</param>
    /// <param name="bins">How many bins, at least 2; equal numbers share a bin, so there may be fewer.</param>
    /// <returns>Not negative; null when one side is empty.</returns>
    public static double? OfNumbers(IReadOnlyCollection<double> expected, IReadOnlyCollection<double> actual, int bins)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        if (expected.Count == 0)
        {
            return null;
        }

        double[] sorted = [.. expected.Order()];
        double[] edges = [.. Enumerable.Range(1, bins - 1).Select(bin => sorted[bin * sorted.Length / bins]).Distinct()];
        return Of(Counts(expected, edges), Counts(actual, edges));
    }

    private static long[] Counts(IEnumerable<double> values, double[] edges)
    {
        long[] counts = new long[edges.Length + 1];
        foreach (double value in values)
        {
            int found = Array.BinarySearch(edges, value);
            counts[found >= 0 ? found + 1 : ~found]++;
        }

        return counts;
    }

    private static double? Of(long[] expected, long[] actual)
    {
        double before = expected.Sum();
        double after = actual.Sum();
        if (before == 0 || after == 0)
        {
            return null;
        }

        double index = 0;
        for (int bin = 0; bin < expected.Length; bin++)
        {
            double e = (expected[bin] + Smoothing) / (before + (Smoothing * expected.Length));
            double a = (actual[bin] + Smoothing) / (after + (Smoothing * expected.Length));
            index += (a - e) * Math.Log(a / e);
        }

        return index;
    }
}
