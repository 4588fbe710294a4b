using Aisle.AbReport.Metrics;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Statistics;
using Aisle.Statistics.Quantiles;

namespace Aisle.AbReport.Figures;

/// <summary>Asks the warehouse for the quantiles of single values: two queries a measure, whose answers do not
/// grow with the visitors.</summary>
/// <param name="warehouse">The history.</param>
/// <param name="leftOut">Who does not count.</param>
/// <param name="alpha">The error of the outer interval that a standard error is read from.</param>
internal sealed class QuantileReader(IEventWarehouse warehouse, LeftOutVisitors leftOut, double alpha)
{
    /// <summary>Every quantile by variant and metric, as a mean over visitors whose variance is that of the quantile.</summary>
    /// <param name="metrics">All metrics; those that are no quantiles are passed over.</param>
    /// <param name="range">Experiment, from and to.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<Dictionary<string, Dictionary<string, ArmMean>>> ReadAsync(
        IReadOnlyList<MetricDefinition> metrics, IReadOnlyDictionary<string, object> range, CancellationToken cancellationToken)
    {
        Dictionary<string, Dictionary<string, ArmMean>> found = [];
        foreach (IGrouping<ExperimentMeasure, MetricDefinition> measure in metrics.Where(metric => metric.Quantile is not null).GroupBy(metric => metric.Quantile!.Measure))
        {
            foreach ((string variant, string metric, ArmMean estimate) in await ReadAsync(measure.Key, [.. measure], range, cancellationToken))
            {
                found.TryAdd(variant, []);
                found[variant].Add(metric, estimate);
            }
        }

        return found;
    }

    private async Task<List<(string Variant, string Metric, ArmMean Estimate)>> ReadAsync(
        ExperimentMeasure measure, MetricDefinition[] metrics, IReadOnlyDictionary<string, object> range, CancellationToken cancellationToken)
    {
        ExperimentValuesQuery query = new(measure);
        Dictionary<string, CountedValues> values = (await warehouse.QueryAsync(
                leftOut.From(query.Values), leftOut.Beside(new Dictionary<string, object>(range.Concat(query.Parameters))), cancellationToken).ToListAsync(cancellationToken))
            .GroupBy(row => row.Variant)
            .ToDictionary(variant => variant.Key, variant => CountedValues.Of(variant.Select(row => ((double)row.Value, row.Times))));
        if (values.Count == 0)
        {
            return [];
        }

        (PortableQuery<ValueClusters> clustered, IReadOnlyDictionary<string, object> parameters) = query.Clusters(
            [.. values.Select(own => (own.Key, (IReadOnlyList<long>)[.. metrics.Select(metric => (long)Math.Floor(own.Value.Quantile(metric.Quantile!.Share)))]))]);
        List<ValueClusters> clusters = await warehouse.QueryAsync(
            leftOut.From(clustered), leftOut.Beside(new Dictionary<string, object>(range.Concat(parameters))), cancellationToken).ToListAsync(cancellationToken);
        return
        [
            .. from cluster in clusters
               where values.ContainsKey(cluster.Variant)
               from metric in metrics.Index()
               select (cluster.Variant, metric.Item.Key, Estimate(values[cluster.Variant], cluster, metric.Index, metric.Item.Quantile!.Share)),
        ];
    }

    private ArmMean Estimate(CountedValues values, ValueClusters clusters, int limit, double share)
    {
        ValuesBelow below = clusters.Limits[limit];
        ArmRatio sums = new(clusters.Visitors, below.Count, clusters.Values, below.Squared, clusters.ValuesSquared, below.ByValues);
        return ArmQuantile.Of(values, share, alpha).AsMean(clusters.Visitors, ClusteredShare.Of(sums, share)?.DesignEffect);
    }
}
