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
    /// <summary>Reads one experiment up to an instant: first the sums, which tell who is left out, then what leaves them out.</summary>
    public async Task<ExperimentData> ReadAsync(
        Experiment experiment, IReadOnlyList<MetricDefinition> metrics, DateTimeOffset until, CancellationToken cancellationToken)
    {
        AssignmentId[] excluded = [.. options.ExcludedVisitors, .. experiment.Overrides.Keys.Select(visitor => new AssignmentId(visitor))];
        ExperimentArmsQuery query = new(ReportSums.Measures(metrics), ReportSums.Of(metrics), excluded);
        Dictionary<string, object> range = new() { ["experiment"] = experiment.Key, ["from"] = experiment.StartsAt, ["to"] = until };
        Dictionary<string, object> judged = new(range.Concat(query.Parameters))
        {
            ["before"] = experiment.StartsAt.AddDays(-options.PastDays),
            ["most_events"] = options.MostEvents,
            ["most_amount"] = options.MostAmountMinor,
        };
        List<ExperimentArmsRow> arms = await warehouse.QueryAsync(query.Query, judged, cancellationToken).ToListAsync(cancellationToken);
        PaidCurrencies currencies = PaidCurrencies.Of(arms);
        List<AssignmentId> others = await LeaveOutOthersAsync(arms, currencies, range, cancellationToken);
        LeftOutVisitors leftOut = new(excluded.Concat(arms.Select(row => row.LeftOut).OfType<AssignmentId>()).Concat(others).Take(LeftOutVisitors.Most));
        Task<List<TRow>> AskAsync<TRow>(PortableQuery<TRow> asked, params (string Name, object Value)[] further) => warehouse.QueryAsync(
            leftOut.From(asked), leftOut.Beside(new Dictionary<string, object>(range.Concat(further.ToDictionary(own => own.Name, own => own.Value)))), cancellationToken)
            .ToListAsync(cancellationToken).AsTask();
        // None waits for another: a warehouse in the cloud takes about as long for all as for one.
        Task<List<ShownProducts>> items = AskAsync(PortableQueries.ExperimentItems, ("buckets", CoverageFigures.Buckets));
        Task<List<RevenueShare>> revenue = AskAsync(PortableQueries.ExperimentRevenue);
        Task<List<ExperimentDay>> days = AskAsync(PortableQueries.ExperimentDays, ("buckets", options.Buckets));
        Task<List<LoggedAssignments>> assignments = experiment.IsAssignedElsewhere
            ? Task.FromResult<List<LoggedAssignments>>([])
            : AskAsync(PortableQueries.ExperimentAssignments, ("salt", experiment.Salt));
        Task<Dictionary<string, Dictionary<string, ArmMean>>> quantiles = new QuantileReader(warehouse, leftOut, options.Alpha).ReadAsync(metrics, range, cancellationToken);
        await Task.WhenAll(items, revenue, days, assignments, quantiles);
        long catalogueSize = await catalogue.ReadAllAsync(cancellationToken).LongCountAsync(cancellationToken);
        Dictionary<string, Dictionary<string, ArmMean>> estimates = await quantiles;
        AddCoverage(estimates, metrics, experiment, await items, catalogueSize);
        return new ExperimentData
        {
            Experiment = experiment,
            Until = until,
            Sums = query.Sums,
            Arms = arms,
            Currencies = currencies,
            Revenue = await revenue,
            Days = await days,
            Assignments = await assignments,
            Estimates = estimates.ToDictionary(variant => variant.Key, variant => (IReadOnlyDictionary<string, ArmMean>)variant.Value),
            Items = await items,
            CatalogueSize = catalogueSize,
        };
    }

    // A single foreign purchase must not spoil an experiment; where they are many, nobody is left out and no money is added up.
    private async Task<List<AssignmentId>> LeaveOutOthersAsync(
        List<ExperimentArmsRow> arms, PaidCurrencies currencies, Dictionary<string, object> range, CancellationToken cancellationToken)
    {
        if (currencies is not { Main: { } main, Others: > 0 } || currencies.AreMixed(options.MostOtherCurrencies))
        {
            return [];
        }

        for (int i = 0; i < arms.Count; i++)
        {
            bool isOther = arms[i].Standing == "counted" && PaidCurrencies.IsOther(main, arms[i].FirstCurrency, arms[i].LastCurrency);
            arms[i] = isOther ? arms[i] with { Standing = PaidCurrencies.Standing } : arms[i];
        }

        return await warehouse.QueryAsync(PortableQueries.ExperimentCurrencies, new Dictionary<string, object>(range) { ["currency"] = main }, cancellationToken)
            .Take(LeftOutVisitors.Most).ToListAsync(cancellationToken);
    }

    private static void AddCoverage(
        Dictionary<string, Dictionary<string, ArmMean>> estimates, IReadOnlyList<MetricDefinition> metrics, Experiment experiment, List<ShownProducts> items, long catalogueSize)
    {
        foreach (MetricDefinition metric in metrics.Where(metric => metric.Kind == MetricKind.Coverage))
        {
            foreach ((string variant, ArmMean estimate) in CoverageFigures.Estimates(experiment.Variants, items, catalogueSize))
            {
                estimates.TryAdd(variant, []);
                estimates[variant].Add(metric.Key, estimate);
            }
        }
    }
}
