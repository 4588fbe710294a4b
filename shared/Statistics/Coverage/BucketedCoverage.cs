namespace Aisle.Statistics.Coverage;

/// <summary>How much of the catalogue buckets of visitors were shown at equal exposure. Buckets are independent of each other, so that a
/// test of their means judges coverage.</summary>
/// <remarks>
/// Every bucket is rarefied (Hurlbert 1971) to the impressions of the smallest one, so buckets must hold about equally many visitors: as
/// many impressions of fewer visitors show fewer products.
/// </remarks>
public static class BucketedCoverage
{
    private static readonly ArmMean Nothing = new(0, null, null, 0);

    /// <summary>The mean share over each arm's buckets, with the variance between them; nothing where some bucket
    /// of some arm was shown nothing.</summary>
    /// <param name="arms">By arm and bucket the impressions of each product; zeros may be left out.</param>
    /// <param name="catalogueSize">Products that could have been shown, positive.</param>
    public static IReadOnlyList<ArmMean> Of(IReadOnlyList<IReadOnlyList<IReadOnlyCollection<long>>> arms, long catalogueSize)
    {
        ArgumentNullException.ThrowIfNull(arms);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(catalogueSize);
        long least = arms.SelectMany(buckets => buckets).Select(counts => counts.Sum()).DefaultIfEmpty(0).Min();
        return [.. arms.Select(buckets => least <= 0 ? Nothing : ArmMean.FromValues(
            [.. buckets.Select(counts => CoverageComparison.Rarefied(counts, counts.Sum(), least) / catalogueSize)]))];
    }
}
