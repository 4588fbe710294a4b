using Aisle.AbReport.Metrics;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Statistics;

namespace Aisle.AbReport.Figures;

/// <summary>Asks the warehouse for what a report needs: a fixed number of queries, each answering with sums.</summary>
internal sealed class ExperimentReader(IEventWarehouse warehouse, ICatalogueStore catalogue, AbReportOptions options)
{
    /// <summary>The page load quantiles that are guarded.</summary>
    public static readonly double[] PageQuantiles = [0.5, 0.95];

    /// <summary>Reads one experiment up to an instant.</summary>
    public async Task<ExperimentData> ReadAsync(
        Experiment experiment, IReadOnlyList<MetricDefinition> metrics, DateTimeOffset until, CancellationToken cancellationToken)
    {
        AssignmentId[] excluded = [.. options.ExcludedVisitors, .. experiment.Overrides.Keys.Select(visitor => new AssignmentId(visitor))];
        ExperimentArmsQuery arms = new(ReportSums.Measures(metrics), ReportSums.Of(metrics), excluded);
        Dictionary<string, object> range = new() { ["experiment"] = experiment.Key, ["from"] = experiment.StartsAt, ["to"] = until };
        Dictionary<string, object> judged = new(range.Concat(arms.Parameters))
        {
            ["before"] = experiment.StartsAt.AddDays(-options.PastDays),
            ["buckets"] = options.Buckets,
            ["most_events"] = options.MostEvents,
            ["most_amount"] = options.MostAmountMinor,
        };
        List<PageLoads> loads = await warehouse.QueryAsync(PortableQueries.ExperimentPageLoads, range, cancellationToken).ToListAsync(cancellationToken);
        return new ExperimentData
        {
            Experiment = experiment,
            Until = until,
            Sums = arms.Sums,
            Arms = await warehouse.QueryAsync(arms.Query, judged, cancellationToken).ToListAsync(cancellationToken),
            Revenue = await warehouse.QueryAsync(PortableQueries.ExperimentRevenue, range, cancellationToken).ToListAsync(cancellationToken),
            Days = await warehouse.QueryAsync(
                PortableQueries.ExperimentDays, new Dictionary<string, object>(range) { ["buckets"] = options.Buckets }, cancellationToken).ToListAsync(cancellationToken),
            Assignments = experiment.IsAssignedElsewhere ? [] : await warehouse.QueryAsync(
                PortableQueries.ExperimentAssignments, new Dictionary<string, object>(range) { ["salt"] = experiment.Salt }, cancellationToken)
                .ToListAsync(cancellationToken),
            PageLoads = loads,
            SlowPages = await SlowPagesAsync(loads, range, cancellationToken),
            Items = await warehouse.QueryAsync(PortableQueries.ExperimentItems, range, cancellationToken).ToListAsync(cancellationToken),
            CatalogueSize = await catalogue.ReadAllAsync(cancellationToken).LongCountAsync(cancellationToken),
        };
    }

    private async Task<Dictionary<string, SlowPages>> SlowPagesAsync(
        List<PageLoads> loads, Dictionary<string, object> range, CancellationToken cancellationToken)
    {
        Dictionary<string, SlowPages> found = [];
        foreach (IGrouping<string, PageLoads> variant in loads.GroupBy(load => load.Variant))
        {
            CountedValues values = CountedValues.Of(variant.Select(load => ((double)load.Milliseconds, load.Loads)));
            Dictionary<string, object> limits = new(range)
            {
                ["half"] = (long)Math.Floor(values.Quantile(PageQuantiles[0])),
                ["most"] = (long)Math.Floor(values.Quantile(PageQuantiles[1])),
            };
            List<SlowPages> sums = await warehouse.QueryAsync(PortableQueries.ExperimentSlowPages, limits, cancellationToken).ToListAsync(cancellationToken);
            if (sums.Find(row => row.Variant == variant.Key) is { } own)
            {
                found[variant.Key] = own;
            }
        }

        return found;
    }
}
