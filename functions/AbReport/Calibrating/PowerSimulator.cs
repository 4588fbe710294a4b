using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Statistics;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Calibrating;

/// <summary>The chance to find a lift on the shop's own, skewed distribution: experiments simulated from the
/// visitors of one that ran.</summary>
/// <param name="warehouse">The history.</param>
/// <param name="options">The error of the tests.</param>
public sealed class PowerSimulator(IEventWarehouse warehouse, AbReportOptions options)
{
    // A thousand know a power of 80 % to 1.3 points, a hundred to 4; fewer say too little.
    private const int MostExperiments = 1_000;
    private const int FewestExperiments = 100;

    // Users with a value that are drawn for one metric in all: some seconds on two cores.
    private const double MostDraws = 2e8;

    // Each of their visitors has a value, so drawing them costs too much; their means are near to normal anyway.
    private static readonly string[] LeftOut = ["click_through"];

    /// <summary>Simulates an experiment of two equal arms for each goal whose distribution is skewed.</summary>
    /// <param name="experiment">Whose visitors are drawn from.</param>
    /// <param name="until">The first instant that does not count any more.</param>
    /// <param name="lift">The lift that is imagined; 0.05 is +5 %, 0 shows the error. Above −1.</param>
    /// <param name="users">Visitors of each arm, at least 2.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>By goal; revenue that came in several currencies has a status and no figures.</returns>
    public async Task<IReadOnlyList<(string Metric, SimulatedPower Power)>> SimulateAsync(
        Experiment experiment, DateTimeOffset until, double lift, int users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ObservedVisitors visitors = await ObservedVisitors.ReadAsync(warehouse, experiment, until, options, cancellationToken);
        SimulatedPowerPlan plan = new(lift, users, users) { Alpha = options.Alpha };
        List<(string, SimulatedPower)> powers = [];
        if (!visitors.HasMoney)
        {
            powers.Add((ObservedVisitors.Revenue, new SimulatedPower(ComparisonStatus.InvalidInput, null, null, null, null, null)));
        }

        foreach (UserMetric metric in visitors.Metrics.Where(metric => !LeftOut.Contains(metric.Name)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            powers.Add((metric.Name, SimulatedPower.Of(metric, plan with { Experiments = ExperimentsOf(metric, users) }, cancellationToken)));
        }

        return powers;
    }

    private static int ExperimentsOf(UserMetric metric, int users)
    {
        double drawn = 2.0 * users * metric.UsersWithValue / Math.Max(metric.Users, 1);
        return (int)Math.Clamp(MostDraws / Math.Max(drawn, 1), FewestExperiments, MostExperiments);
    }
}
