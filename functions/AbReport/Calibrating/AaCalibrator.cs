using System.Globalization;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.Statistics.Calibration;

namespace Aisle.AbReport.Calibrating;

/// <summary>Tries the goals' tests where there is nothing to find: the experiment's own visitors, divided again by new salts.</summary>
/// <remarks>One row a visitor is read once; each salt then costs a hash and a few products a visitor. Cost: salts ×
/// visitors, spread over the processors.</remarks>
/// <param name="warehouse">The history.</param>
/// <param name="options">How many salts, and the error that the tests promise.</param>
public sealed class AaCalibrator(IEventWarehouse warehouse, AbReportOptions options)
{
    /// <summary>Calibrates the goals on the visitors of an experiment; whoever is left out of the report is left out here too.</summary>
    /// <param name="experiment">Which.</param>
    /// <param name="until">The first instant that does not count any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<AaCalibration>> CalibrateAsync(Experiment experiment, DateTimeOffset until, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        ObservedVisitors visitors = await ObservedVisitors.ReadAsync(warehouse, experiment, until, options, cancellationToken);
        SaltedSplit split = new(visitors.Ids);
        return AaCalibration.Of(
            visitors.Metrics,
            (salt, isTreatment) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                split.Split(string.Create(CultureInfo.InvariantCulture, $"aa-{salt}"), isTreatment);
            },
            new AaOptions { Splits = options.Salts, Alpha = options.Alpha });
    }
}
