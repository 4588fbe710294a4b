using Aisle.Ports;
using Microsoft.Extensions.Logging;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>Says how old the serving model is, as a log entry that a log-based metric reads: the gauge over which
/// an alert stands.</summary>
/// <param name="candidates">Knows the serving model.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">The host's; its category is what the metric's filter names.</param>
public sealed class ModelAgeLog(ICandidateStore candidates, TimeProvider clock, ILogger<ModelAgeLog> logger)
{
    /// <summary>Writes the entry; without a model the age counts from the epoch, which no threshold overlooks.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset newest = (await candidates.ReadManifestAsync(cancellationToken))?.NewestEventAt ?? DateTimeOffset.UnixEpoch;
        logger.LogInformation("The serving model: age_s={Age}", Math.Max(0, (long)(clock.GetUtcNow() - newest).TotalSeconds));
    }
}
