using System.Globalization;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Sql;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Calibrating;

/// <summary>Tries the goals' tests where there is nothing to find: the experiment's own visitors, divided again by new salts.</summary>
/// <remarks>One row a visitor is read once; each salt then costs a hash and a few products a visitor. Cost: salts × visitors, spread over the processors.</remarks>
/// <param name="warehouse">The history.</param>
/// <param name="options">How many salts, and the error that the tests promise.</param>
public sealed class AaCalibrator(IEventWarehouse warehouse, AbReportOptions options)
{
    /// <summary>Calibrates the goals on the visitors of an experiment; those of several variants and those whose variant was set by hand are left out.</summary>
    /// <param name="experiment">Which.</param>
    /// <param name="until">The first instant that does not count any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AaCalibration>> CalibrateAsync(Experiment experiment, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        Dictionary<string, object> range = new() { ["experiment"] = experiment.Key, ["from"] = experiment.StartsAt, ["to"] = until };
        List<ExperimentUser> visitors = await warehouse.QueryAsync(PortableQueries.ExperimentUsers, range, cancellationToken)
            .Where(user => user.Variants == 1 && !experiment.Overrides.ContainsKey(user.Assignment.Value) && !options.ExcludedVisitors.Contains(user.Assignment))
            .ToListAsync(cancellationToken);
        SaltedSplit split = new(visitors.Select(visitor => visitor.Assignment));
        return AaCalibration.Of(
            Metrics(visitors),
            (salt, isTreatment) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                split.Split(string.Create(CultureInfo.InvariantCulture, $"aa-{salt}"), isTreatment);
            },
            new AaOptions { Splits = options.Salts, Alpha = options.Alpha });
    }

    private static UserMetric[] Metrics(List<ExperimentUser> visitors)
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
