using Aisle.Ports;
using Microsoft.Extensions.Logging;

namespace Aisle.RetrainTrigger.Guard;

/// <summary>Tells of findings: one alert when an episode begins, one notice when it is over, whichever instance looks; a second one only where an instance died while telling.</summary>
/// <param name="episodes">Remembers which are under way.</param>
/// <param name="sink">Where alerts go.</param>
/// <param name="clock">Dates them.</param>
/// <param name="logger">Told too.</param>
public sealed class EpisodeAlerts(GuardEpisodes episodes, IAlertSink sink, TimeProvider clock, ILogger<EpisodeAlerts> logger)
{
    /// <summary>Tells of a finding if it begins or ends an episode. One that could not be told is told by the next check.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="level">How loudly the log is told that it begins.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task TellAsync(GuardFinding finding, LogLevel level, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finding);
        DateTimeOffset now = clock.GetUtcNow();
        if (await episodes.BeginAsync(finding.Kind, finding.IsStale, now, cancellationToken) is not { } telling)
        {
            return;
        }

        logger.Log(finding.IsStale ? level : LogLevel.Information, "{Kind} {State}: {Message}", finding.Kind, finding.IsStale ? "raised" : "recovered", finding.Message);
        try
        {
            await sink.RaiseAsync(new Alert(finding.Kind, IsRecovery: !finding.IsStale, finding.Message, now), cancellationToken);
        }
        catch
        {
            await episodes.GiveBackAsync(telling, now, CancellationToken.None);
            throw;
        }

        await episodes.EndAsync(telling, now, CancellationToken.None);
    }
}
