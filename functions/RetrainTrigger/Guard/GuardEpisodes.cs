using Aisle.Ports;

namespace Aisle.RetrainTrigger.Guard;

/// <summary>Remembers which alerts are raised, so that an episode has one alert and one recovery however many instances look, and whatever restarts between.</summary>
/// <remarks>Kept beside the records of runs, under ids that no run has, by the same compare-and-set.</remarks>
/// <param name="runs">Keeps it.</param>
public sealed class GuardEpisodes(IRunStore runs)
{
    private const string Prefix = "guard-";

    /// <summary>Whether a record is the memory of an alert and no run.</summary>
    public static bool IsOne(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Id.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>Begins or ends an episode.</summary>
    /// <param name="kind">Which alert.</param>
    /// <param name="isStale">Whether there is something to alert of.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Whether the caller has to tell: false when nothing changed, or when another instance tells.</returns>
    public async Task<bool> TurnAsync(string kind, bool isStale, DateTimeOffset now, CancellationToken cancellationToken)
    {
        string id = Prefix + kind;
        Versioned<Run>? known = await runs.ReadAsync(id, cancellationToken);
        if ((known?.Value.State == RunState.Failed) == isStale)
        {
            return false;
        }

        Run turned = new()
        {
            Id = id,
            State = isStale ? RunState.Failed : RunState.Promoted,
            AsOf = now,
            StartedAt = DateTimeOffset.UnixEpoch, // after all runs in a list of the latest
            EndedAt = now,
            Steps = [],
            ModelVersion = "",
        };
        return await runs.TryWriteAsync(turned, known?.Tag, cancellationToken) is not null;
    }
}
