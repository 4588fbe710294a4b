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
    /// <summary>Reads those who count in a report: without visitors of several variants, those whose variant was set by hand, programs and implausible amounts.</summary>
    public static async Task<ObservedVisitors> ReadAsync(
        IEventWarehouse warehouse, Experiment experiment, DateTimeOffset until, AbReportOptions options, CancellationToken cancellationToken)
    {
        Dictionary<string, object> range = new() { ["experiment"] = experiment.Key, ["from"] = experiment.StartsAt, ["to"] = until, ["before"] = experiment.StartsAt.AddDays(-options.PastDays) };
        HashSet<AssignmentId> excluded = [.. options.ExcludedVisitors, .. experiment.Overrides.Keys.Select(visitor => new AssignmentId(visitor))];
        List<ExperimentUser> visitors = await warehouse.QueryAsync(PortableQueries.ExperimentUsers, range, cancellationToken)
            .Where(user => user.Variants == 1 && !excluded.Contains(user.Assignment) && IsPerson(user, options))
            .ToListAsync(cancellationToken);
        return new ObservedVisitors([.. visitors.Select(visitor => visitor.Assignment)], MetricsOf(visitors));
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
        if (visitors.Select(visitor => visitor.Currency).OfType<string>().Distinct().Count() > 1)
        {
            return [.. metrics]; // money of several currencies cannot be added
        }

        return
        [
            UserMetric.OfMean("revenue_per_user", revenue),
            .. metrics,
            UserMetric.OfRatio("average_order_value", revenue, [.. visitors.Select(visitor => (double)visitor.Orders)]),
        ];
    }
}
