using Aisle.Ports;

namespace Aisle.Alerts;

/// <summary>Tells of findings: one alert when an episode begins, one notice when it is over, whichever instance looks; a second one only where an instance died while telling.</summary>
/// <param name="episodes">Remembers which are under way.</param>
/// <param name="sink">Where alerts go.</param>
/// <param name="clock">Dates them.</param>
public sealed class EpisodeAlerts(Episodes episodes, IAlertSink sink, TimeProvider clock)
{
    /// <summary>Tells of a finding if it begins or ends an episode. One that could not be told is told by the next check.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether it was told now.</returns>
    public async Task<bool> TellAsync(Finding finding, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finding);
        DateTimeOffset now = clock.GetUtcNow();
        if (await episodes.BeginAsync(finding, now, cancellationToken) is not { } telling)
        {
            return false;
        }

        try
        {
            await sink.RaiseAsync(new Alert(finding.Kind, IsRecovery: !finding.IsRaised, finding.Message, now) { IsUrgent = finding.IsUrgent && finding.IsRaised }, cancellationToken);
        }
        catch
        {
            await episodes.GiveBackAsync(telling, now, CancellationToken.None);
            throw;
        }

        await episodes.EndAsync(telling, now, CancellationToken.None);
        return true;
    }
}
