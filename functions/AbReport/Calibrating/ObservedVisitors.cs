using Aisle.AbReport.Figures;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Calibrating;

/// <summary>An experiment's visitors with what the goals count of each, in one order.</summary>
/// <param name="Ids">Who.</param>
/// <param name="Metrics">The goals; those of money are left out where several currencies were used.</param>
internal sealed record ObservedVisitors(IReadOnlyList<AssignmentId> Ids, IReadOnlyList<UserMetric> Metrics)
{
    /// <summary>The primary goal's name.</summary>
    public const string Revenue = "revenue_per_user";

    /// <summary>Whether amounts can be added: all in one currency.</summary>
    public bool HasMoney => Metrics.Any(metric => metric.Name == Revenue);

    /// <summary>Reads those who count in a report: without visitors of several variants, those whose variant was set by hand,
    /// programs and implausible amounts.</summary>
    public static async Task<ObservedVisitors> ReadAsync(
        IEventWarehouse warehouse, Experiment experiment, DateTimeOffset until, AbReportOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, object> range = new() { ["experiment"] = experiment.Key, ["from"] = experiment.StartsAt, ["to"] = until, ["before"] = experiment.StartsAt.AddDays(-options.PastDays) };
        HashSet<AssignmentId> excluded = [.. options.ExcludedVisitors, .. experiment.Overrides.Keys.Select(visitor => new AssignmentId(visitor))];
        List<ExperimentUser> visitors = await warehouse.QueryAsync(PortableQueries.ExperimentUsers, range, cancellationToken)
            .Where(user => user.Variants == 1 && !excluded.Contains(user.Assignment) && IsPerson(user, options))
            .ToListAsync(cancellationToken);
        visitors = WithoutOthers(visitors, options);
        return new ObservedVisitors([.. visitors.Select(visitor => visitor.Assignment)], MetricsOf(visitors));
    }

    // As the report: few who paid in another currency are left out, many are a reason to leave out money.
    private static List<ExperimentUser> WithoutOthers(List<ExperimentUser> visitors, AbReportOptions options)
    {
        string? main = visitors.Where(visitor => visitor.Currency is not null && (visitor.LastCurrency ?? visitor.Currency) == visitor.Currency)
            .CountBy(visitor => visitor.Currency!)
            .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key).FirstOrDefault();
        List<ExperimentUser> alike = [.. visitors.Where(visitor => !PaidCurrencies.IsOther(main, visitor.Currency, visitor.LastCurrency))];
        return visitors.Count - alike.Count > options.MostOtherCurrencies * visitors.Count(visitor => visitor.Currency is not null) ? visitors : alike;
    }

    private static bool IsPerson(ExperimentUser user, AbReportOptions options) =>
        user.Events <= options.MostEvents && IsPlausible(user.RevenueMinor, options) && IsPlausible(user.RevenueBeforeMinor, options);

    private static bool IsPlausible(long amount, AbReportOptions options) => amount <= options.MostAmountMinor && amount >= -options.MostAmountMinor;

    private static UserMetric[] MetricsOf(List<ExperimentUser> visitors)
    {
        double[] revenue = [.. visitors.Select(visitor => (double)visitor.RevenueMinor)];
        List<UserMetric> metrics =
        [
            UserMetric.OfShare("conversion", [.. visitors.Select(visitor => visitor.Orders > 0)]),
            UserMetric.OfRatio("click_through", [.. visitors.Select(visitor => (double)visitor.Clicks)], [.. visitors.Select(visitor => (double)visitor.Impressions)]),
        ];
        if (visitors.SelectMany(visitor => new[] { visitor.Currency, visitor.LastCurrency }).OfType<string>().Distinct().Count() > 1)
        {
            return [.. metrics]; // money of several currencies cannot be added
        }

        return
        [
            UserMetric.OfMean(Revenue, revenue),
            .. metrics,
            UserMetric.OfRatio("average_order_value", revenue, [.. visitors.Select(visitor => (double)visitor.Orders)]),
        ];
    }
}
