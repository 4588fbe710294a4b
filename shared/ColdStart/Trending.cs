using Aisle.Numerics;

namespace Aisle.ColdStart;

/// <summary>Finds products that do better now than their own past promised.</summary>
public static class Trending
{
    /// <summary>Ranks by lift: recent shoppers over those expected from the product's own past and the whole shop's change.</summary>
    /// <param name="recent">Shoppers of each item in the trend window, by index.</param>
    /// <param name="baseline">Shoppers of each item in the window before it, by index.</param>
    /// <param name="options">Shrinkage, floor and length.</param>
    /// <returns>Items with a lift above 1, highest first, ties by index.</returns>
    /// <remarks>lift = (recent + s) / (baseline · R/B + s) with R and B the shop's totals: when all products sell twice as much, none of
    /// them trends. Without any baseline there is no past to compare with and nothing trends.</remarks>
    public static IReadOnlyList<ScoredIndex> Rank(IReadOnlyList<int> recent, IReadOnlyList<int> baseline, PopularityOptions options)
    {
        ArgumentNullException.ThrowIfNull(recent);
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(options);
        if (recent.Count != baseline.Count)
        {
            throw new ArgumentException("Both counts must be of the same items.", nameof(baseline));
        }

        long past = baseline.Sum(count => (long)count);
        if (past == 0)
        {
            return [];
        }

        double growth = recent.Sum(count => (long)count) / (double)past;
        return [.. Enumerable.Range(0, recent.Count)
            .Where(item => recent[item] >= Math.Max(1, options.TrendFloor))
            .Select(item => new ScoredIndex(item, (float)((recent[item] + options.TrendShrinkage) / ((baseline[item] * growth) + options.TrendShrinkage))))
            .Where(entry => float.IsFinite(entry.Score) && entry.Score > 1)
            .OrderByDescending(entry => entry.Score).ThenBy(entry => entry.Index)
            .Take(options.TrendLength)];
    }
}
