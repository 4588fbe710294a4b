using Aisle.Ports;

namespace Aisle.Alerts;

/// <summary>Remembers which alerts are raised, so that an episode has one alert and one recovery however many instances look, and whatever restarts between.</summary>
/// <remarks>An episode turns when it was told, not before, so that whatever fails or dies between, it is told at least once. Kept beside the records of runs, under ids that no run has, by the same compare-and-set.</remarks>
/// <param name="runs">Keeps it.</param>
public sealed class Episodes(IRunStore runs)
{
    // Stores of shops hold records of this name: it stays.
    private const string Prefix = "guard-";

    /// <summary>How long an instance may take to tell before another one tells instead: longer than any sink waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Whether a record is the memory of an alert and no run.</summary>
    public static bool IsOne(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return run.Id.StartsWith(Prefix, StringComparison.Ordinal);
    }

    /// <summary>Whether all that there is to tell of a finding was told; false while an instance is telling.</summary>
    public async Task<bool> IsToldAsync(Finding finding, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finding);
        Versioned<Run>? known = await runs.ReadAsync(Prefix + finding.Episode, cancellationToken);
        return finding.IsRaised ? known?.Value.State == RunState.Failed : known is null or { Value.State: RunState.Promoted };
    }

    /// <summary>Takes it upon the caller to tell that an episode begins or ends. Nothing turns yet: an instance that dies before it has told leaves it to the next check.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is nothing to tell, or when another instance is telling; else what <see cref="EndAsync"/> or <see cref="GiveBackAsync"/> is owed.</returns>
    public async Task<Telling?> BeginAsync(Finding finding, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(finding);
        Versioned<Run>? known = await runs.ReadAsync(Prefix + finding.Episode, cancellationToken);
        bool isUntold = known?.Value.State == RunState.Running;
        bool wasRaised = known?.Value.State == RunState.Failed;
        bool isHeld = known?.Value.LeasedUntil > now && known.Value.LeasedUntil <= now + Patience; // a lease that reaches further is of a clock that was set back
        if (isUntold ? isHeld : wasRaised == finding.IsRaised)
        {
            return null;
        }

        Run taken = Record(finding.Episode, RunState.Running, now) with { LeasedUntil = now + Patience };
        return await runs.TryWriteAsync(taken, known?.Tag, cancellationToken) is { } tag
            ? new Telling(finding.Episode, finding.IsRaised, WasRaised: isUntold ? null : wasRaised, tag)
            : null;
    }

    /// <summary>It was told: the episode has begun or ended.</summary>
    public Task EndAsync(Telling telling, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(telling);
        return runs.TryWriteAsync(Record(telling.Episode, telling.IsRaised ? RunState.Failed : RunState.Promoted, now), telling.Tag, cancellationToken); // refused when another told meanwhile
    }

    /// <summary>It could not be told: all is as before, and the next check tells.</summary>
    public Task GiveBackAsync(Telling telling, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(telling);
        RunState before = telling.WasRaised switch { true => RunState.Failed, false => RunState.Promoted, null => RunState.Running };
        return runs.TryWriteAsync(Record(telling.Episode, before, now), telling.Tag, cancellationToken);
    }

    private static Run Record(string episode, RunState state, DateTimeOffset now) => new()
    {
        Id = Prefix + episode,
        State = state,
        AsOf = now,
        StartedAt = DateTimeOffset.UnixEpoch, // after all runs in a list of the latest
        EndedAt = state == RunState.Running ? null : now,
        Steps = [],
        ModelVersion = "",
    };
}
