namespace Aisle.Statistics;

/// <summary>What is left of a family of tests when each was one of several chances to be wrong.</summary>
/// <param name="Status">Whether there is a family.</param>
/// <param name="Count">How many tests count: those with a p-value.</param>
/// <param name="Adjusted">The adjusted p-values in the order given; null where there was none.</param>
/// <param name="Rejected">Whether the adjusted p is at most α; null where there was none.</param>
/// <param name="Levels">The two-sided error at which each test's own interval excludes 0 exactly when the family
/// rejects it; null where there was no p.</param>
public sealed record MultipleTests(
    ComparisonStatus Status, int Count, IReadOnlyList<double?> Adjusted, IReadOnlyList<bool?> Rejected, IReadOnlyList<double?> Levels)
{
    /// <summary>Controls the chance of any false claim: Holm (1979).</summary>
    /// <remarks>
    /// The level of the i-th smallest p is α ÷ (m − i + 1) up to and with the first that is not rejected, and that one's level for
    /// those behind it (the step-down stops there).
    /// </remarks>
    /// <param name="values">Unadjusted two-sided p-values; null for a test without an answer, which leaves the family.</param>
    /// <param name="alpha">The error of the family, in (0, 1).</param>
    public static MultipleTests Holm(IReadOnlyList<double?> values, double alpha)
    {
        int[] order = Ascending(values);
        double[] adjusted = new double[order.Length];
        double[] levels = new double[order.Length];
        double highest = 0;
        bool isStopped = false;
        for (int i = 0; i < order.Length; i++)
        {
            int left = order.Length - i;
            highest = Math.Max(highest, Math.Min(values[order[i]]!.Value * left, 1));
            adjusted[i] = highest;
            levels[i] = isStopped ? levels[i - 1] : alpha / left;
            isStopped |= highest > alpha;
        }

        return Family(values, order, adjusted, levels, alpha);
    }

    /// <summary>Controls the share of false claims among all: Benjamini and Hochberg (1995).</summary>
    /// <remarks>Intervals at the false coverage rate of Benjamini and Yekutieli (2005): the level of all is R·α ÷ m with R rejections; with
    /// none, α ÷ m, at which none excludes 0.</remarks>
    /// <param name="values">Unadjusted two-sided p-values; null for a test without an answer, which leaves the family.</param>
    /// <param name="alpha">The expected share of false claims, in (0, 1).</param>
    public static MultipleTests BenjaminiHochberg(IReadOnlyList<double?> values, double alpha)
    {
        int[] order = Ascending(values);
        double[] adjusted = new double[order.Length];
        double lowest = 1;
        for (int i = order.Length - 1; i >= 0; i--)
        {
            double share = order.Length / (i + 1.0); // first, so that the largest p is multiplied by exactly 1
            lowest = Math.Min(lowest, values[order[i]]!.Value * share);
            adjusted[i] = lowest;
        }

        int rejections = adjusted.Count(p => p <= alpha);
        double[] levels = [.. order.Select(_ => Math.Max(rejections, 1) * alpha / order.Length)];
        return Family(values, order, adjusted, levels, alpha);
    }

    private static int[] Ascending(IReadOnlyList<double?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Any(value => value is not (null or (>= 0 and <= 1))))
        {
            throw new ArgumentException("A p-value lies in [0, 1].", nameof(values));
        }

        return [.. Enumerable.Range(0, values.Count).Where(i => values[i] is not null).OrderBy(i => values[i]).ThenBy(i => i)];
    }

    private static MultipleTests Family(IReadOnlyList<double?> values, int[] order, double[] adjusted, double[] levels, double alpha)
    {
        double?[] p = new double?[values.Count];
        bool?[] rejected = new bool?[values.Count];
        double?[] level = new double?[values.Count];
        for (int i = 0; i < order.Length; i++)
        {
            p[order[i]] = adjusted[i];
            rejected[order[i]] = adjusted[i] <= alpha;
            level[order[i]] = levels[i];
        }

        return new MultipleTests(order.Length == 0 ? ComparisonStatus.NoData : ComparisonStatus.Ok, order.Length, p, rejected, level);
    }
}
