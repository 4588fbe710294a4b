using Aisle.AbReport.Metrics;
using Aisle.AbReport.Results;
using Aisle.Experiments;
using Aisle.Sql;
using Aisle.Statistics;
using Aisle.Statistics.Coverage;

namespace Aisle.AbReport.Figures;

/// <summary>How much of the catalogue each variant showed.</summary>
internal static class CoverageFigures
{
    /// <summary>Buckets that coverage is compared by; each holds one visitor in so many.</summary>
    public const long Buckets = 20;

    // Buckets of unequal arms hold unequally many visitors, and then equal exposure does not make them comparable.
    private const double MostUnequal = 1.25;

    /// <summary>Catalogue coverage of each variant against the control, at equal exposure.</summary>
    public static IReadOnlyList<CoverageResult> Of(ExperimentData data)
    {
        long[] CountsOf(string variant) => Counts(data.Items.Where(shown => shown.Variant == variant && shown.Bucket is null));
        long[] control = CountsOf(data.Experiment.Variants[0].Name);
        return
        [
            .. data.Experiment.Variants.Skip(1).Select(variant => new CoverageResult(
                variant.Name, CoverageComparison.Of(control, CountsOf(variant.Name), Math.Max(data.CatalogueSize, 1)))),
        ];
    }

    /// <summary>By variant the mean coverage of its buckets.</summary>
    /// <param name="variants">The variants.</param>
    /// <param name="items">How many products were shown how often, by variant and bucket.</param>
    /// <param name="catalogueSize">Products in the catalogue.</param>
    public static IEnumerable<(string Variant, ArmMean Estimate)> Estimates(IReadOnlyList<Variant> variants, IReadOnlyList<ShownProducts> items, long catalogueSize)
    {
        ILookup<(string, long?), ShownProducts> counts = items.ToLookup(shown => (shown.Variant, shown.Bucket));
        long[][] BucketsOf(Variant variant) => [.. Enumerable.Range(0, (int)Buckets).Select(bucket => Counts(counts[(variant.Name, bucket)]))];
        IReadOnlyList<ArmMean> means = BucketedCoverage.Of([.. variants.Select(BucketsOf)], Math.Max(catalogueSize, 1));
        return variants.Zip(means, (variant, mean) => (variant.Name, mean));
    }

    private static long[] Counts(IEnumerable<ShownProducts> shown) => [.. shown.SelectMany(times => Enumerable.Repeat(times.Impressions, (int)times.Products))];

    /// <summary>Whether the metric can be judged in the experiment: coverage only where the variants are planned
    /// to be of about equal size.</summary>
    public static bool Applies(MetricDefinition metric, Experiment experiment)
    {
        double[] sizes = [.. experiment.Variants.Select(variant => (double)(variant.ToBucket - variant.FromBucket))];
        return metric.Kind != MetricKind.Coverage || sizes.Max() <= MostUnequal * sizes.Min();
    }
}
