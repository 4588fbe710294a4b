using Aisle.AbReport.Metrics;
using Aisle.Numerics;
using Aisle.Sql;
using Aisle.Statistics;

namespace Aisle.AbReport.Figures;

/// <summary>The guardrails that are no mean or ratio: page load times and catalogue coverage.</summary>
internal static class Guardrails
{
    /// <summary>Page load quantiles of each variant against the control.</summary>
    public static IReadOnlyList<PageLoadResult> PageLoads(ExperimentData data, double level)
    {
        Dictionary<string, CountedValues> loads = data.PageLoads.GroupBy(load => load.Variant)
            .ToDictionary(variant => variant.Key, variant => CountedValues.Of(variant.Select(load => ((double)load.Milliseconds, load.Loads))));
        string control = data.Experiment.Variants[0].Name;
        return
        [
            .. from variant in data.Experiment.Variants.Skip(1)
               from quantile in ExperimentReader.PageQuantiles
               let comparison = Compare(data, loads, control, variant.Name, quantile, level)
               select new PageLoadResult(quantile, variant.Name, comparison, Judge(comparison, level)),
        ];
    }

    /// <summary>Catalogue coverage of each variant against the control, at equal exposure.</summary>
    public static IReadOnlyList<CoverageResult> Coverage(ExperimentData data)
    {
        ILookup<string, long> shown = data.Items.ToLookup(item => item.Variant, item => item.Impressions);
        string control = data.Experiment.Variants[0].Name;
        return
        [
            .. data.Experiment.Variants.Skip(1).Select(variant => new CoverageResult(
                variant.Name, CoverageComparison.Of([.. shown[control]], [.. shown[variant.Name]], Math.Max(data.CatalogueSize, 1)))),
        ];
    }

    private static QuantileComparison Compare(
        ExperimentData data, Dictionary<string, CountedValues> loads, string control, string variant, double quantile, double level) =>
        QuantileComparison.Of(
            QuantileOf(loads, control, quantile, level), Effect(data, control, quantile),
            QuantileOf(loads, variant, quantile, level), Effect(data, variant, quantile), level);

    private static ArmQuantile QuantileOf(Dictionary<string, CountedValues> loads, string variant, double quantile, double level) =>
        loads.TryGetValue(variant, out CountedValues? values) ? ArmQuantile.Of(values, quantile, level) : new ArmQuantile { Count = 0 };

    private static double Effect(ExperimentData data, string variant, double quantile)
    {
        if (!data.SlowPages.TryGetValue(variant, out SlowPages? sums))
        {
            return 1;
        }

        ArmRatio share = quantile == ExperimentReader.PageQuantiles[0]
            ? new ArmRatio(sums.Visitors, sums.Fast, sums.Loads, sums.FastSquared, sums.LoadsSquared, sums.FastByLoads)
            : new ArmRatio(sums.Visitors, sums.Bearable, sums.Loads, sums.BearableSquared, sums.LoadsSquared, sums.BearableByLoads);
        return ClusteredShare.Of(share, quantile)?.DesignEffect ?? 1;
    }

    private static MetricVerdict Judge(QuantileComparison comparison, double level)
    {
        if (comparison is not { Status: ComparisonStatus.Ok, Difference: { } difference, StandardError: { } error, Control.Value: { } control })
        {
            return MetricVerdict.NoAnswer;
        }

        double reach = Normal.UpperQuantile(level) * error;
        return (difference - reach, difference + reach) switch
        {
            ( > 0, _) => MetricVerdict.Harmed,
            (_, var worst) when worst < StandardMetrics.DefaultMargin * control => MetricVerdict.Unharmed,
            _ => MetricVerdict.KeepRunning,
        };
    }
}
