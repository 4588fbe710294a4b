namespace Aisle.Statistics;

/// <summary>A ratio of sums whose error comes from statistics buckets, so that its cost does not depend on the number of
/// users and days can be added up.</summary>
/// <param name="Status">Whether there is an answer.</param>
/// <param name="Totals">The sums over all buckets.</param>
/// <param name="Ratio">ΣM ÷ ΣD.</param>
/// <param name="UnitError">The delta method's standard error over users.</param>
/// <param name="BucketError">The delta method's standard error over buckets: √(B/(B − 1)·Σ(Mᵦ − R·Dᵦ)²) ÷ ΣD.</param>
/// <param name="Jackknife">The bias-corrected ratio that leaving one bucket out gives.</param>
/// <param name="JackknifeError">Its standard error (Tukey 1958).</param>
/// <param name="DegreesOfFreedom">Buckets − 1.</param>
public sealed record BucketedRatio(
    ComparisonStatus Status, ArmRatio Totals, double? Ratio, double? UnitError, double? BucketError, double? Jackknife, double? JackknifeError, int DegreesOfFreedom)
{
    /// <summary>Merges buckets.</summary>
    /// <param name="buckets">One set of sums a bucket.</param>
    public static BucketedRatio Of(IReadOnlyList<ArmRatio> buckets)
    {
        ArgumentNullException.ThrowIfNull(buckets);
        ArmRatio totals = new(
            buckets.Sum(b => b.Count), buckets.Sum(b => b.SumNumerator), buckets.Sum(b => b.SumDenominator),
            buckets.Sum(b => b.SumNumeratorSquared), buckets.Sum(b => b.SumDenominatorSquared), buckets.Sum(b => b.SumProduct));
        int freedom = Math.Max(buckets.Count - 1, 0);
        if (!buckets.All(bucket => bucket.IsValid))
        {
            return Without(ComparisonStatus.InvalidInput, totals, freedom);
        }

        if (totals.Count == 0 || !totals.HasDenominator)
        {
            return Without(totals.Count == 0 ? ComparisonStatus.NoData : ComparisonStatus.ZeroDenominator, totals, freedom);
        }

        double ratio = totals.SumNumerator / totals.SumDenominator;
        double? unit = totals.Linearised().VarianceOfMean is { } variance ? Math.Sqrt(variance) : null;
        if (buckets.Count < 2)
        {
            return Without(ComparisonStatus.InsufficientData, totals, freedom) with { Ratio = ratio, UnitError = unit };
        }

        double size = buckets.Count;
        double squares = buckets.Sum(b => Square(b.SumNumerator - (ratio * b.SumDenominator)));
        double[] left = [.. buckets.Select(b => (totals.SumNumerator - b.SumNumerator) / (totals.SumDenominator - b.SumDenominator))];
        bool hasJackknife = left.All(double.IsFinite);
        double mean = left.Average();
        return new BucketedRatio(
            ComparisonStatus.Ok, totals, ratio, unit, Math.Sqrt(size / (size - 1) * squares) / Math.Abs(totals.SumDenominator),
            hasJackknife ? (size * ratio) - ((size - 1) * mean) : null,
            hasJackknife ? Math.Sqrt((size - 1) / size * left.Sum(value => Square(value - mean))) : null,
            freedom);
    }

    private static BucketedRatio Without(ComparisonStatus status, ArmRatio totals, int freedom) =>
        new(status, totals, null, null, null, null, null, freedom);

    private static double Square(double value) => value * value;
}
