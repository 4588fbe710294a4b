namespace Aisle.Evaluation.Metrics;

/// <summary>How alike two rankings are, early places counting most.</summary>
public static class RankBiasedOverlap
{
    /// <summary>Extrapolated rank-biased overlap of two rankings, seen to the depth of the shorter one.</summary>
    /// <param name="left">Best first, no item twice.</param>
    /// <param name="right">Best first, no item twice.</param>
    /// <param name="persistence">p, how likely a reader goes on to the next place, in (0, 1); 0.9 looks at about ten places.</param>
    /// <returns>In [0, 1]; 1 for two empty rankings, 0 when only one is empty.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="persistence"/> is not in (0, 1).</exception>
    /// <remarks>Webber, Moffat and Zobel (2010), "A similarity measure for indefinite rankings", equation 30. O(depth).</remarks>
    public static double Of<T>(ReadOnlySpan<T> left, ReadOnlySpan<T> right, double persistence)
        where T : notnull
    {
        if (!(persistence > 0 && persistence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(persistence), persistence, "The persistence must be between 0 and 1.");
        }

        int depth = Math.Min(left.Length, right.Length);
        if (depth == 0)
        {
            return left.Length == right.Length ? 1 : 0;
        }

        HashSet<T> seen = [];
        double sum = 0;
        double weight = 1;
        int shared = 0;
        for (int place = 0; place < depth; place++)
        {
            shared += left[place].Equals(right[place]) ? 1 : (seen.Contains(left[place]) ? 1 : 0) + (seen.Contains(right[place]) ? 1 : 0);
            seen.Add(left[place]);
            seen.Add(right[place]);
            weight *= persistence;
            sum += weight * shared / (place + 1);
        }

        return Math.Min(1, ((1 - persistence) / persistence * sum) + (weight * shared / depth));
    }
}
