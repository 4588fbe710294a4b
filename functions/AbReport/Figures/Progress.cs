using Aisle.Experiments;

namespace Aisle.AbReport.Figures;

/// <summary>How far an experiment has come.</summary>
/// <param name="Days">Days from the start until now, its end, or when it was stopped; 0 before it began.</param>
/// <param name="Planned">Days from the start to the planned end, positive.</param>
/// <param name="IsOver">Whether no more visitors will come: it ended or was stopped.</param>
internal sealed record Progress(double Days, double Planned, bool IsOver)
{
    private const double DayTolerance = 1e-6;

    /// <summary>How far it has come at an instant.</summary>
    /// <param name="experiment">Which.</param>
    /// <param name="until">The first instant that does not count.</param>
    public static Progress Of(Experiment experiment, DateTimeOffset until)
    {
        double days = Math.Max((until - experiment.StartsAt).TotalDays, 0);
        double planned = (experiment.EndsAt - experiment.StartsAt).TotalDays;
        return new Progress(days, planned, experiment.State == ExperimentState.Stopped || days >= planned - DayTolerance);
    }
}
