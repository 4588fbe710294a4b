using Aisle.Ports;

namespace Aisle.RetrainTrigger.Guard;

/// <summary>Remembers which alerts are raised, so that an episode has one alert and one recovery however many instances look, and whatever restarts between.</summary>
/// <remarks>An episode turns when it was told, not before, so that whatever fails or dies between, it is told at least once. Kept beside the records of runs, under ids that no run has, by the same compare-and-set.</remarks>
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

    /// <summary>How long an instance may take to tell before another one tells instead: longer than any sink waits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>Takes it upon the caller to tell that an episode begins or ends. Nothing turns yet: an instance that dies before it has told leaves it to the next check.</summary>
    /// <param name="kind">Which alert.</param>
    /// <param name="isStale">Whether there is something to alert of.</param>
    /// <param name="now">The moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null when there is nothing to tell, or when another instance is telling; else what <see cref="EndAsync"/> or <see cref="GiveBackAsync"/> is owed.</returns>
    public async Task<Telling?> BeginAsync(string kind, bool isStale, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Versioned<Run>? known = await runs.ReadAsync(Prefix + kind, cancellationToken);
        bool isUntold = known?.Value.State == RunState.Running;
        bool wasStale = known?.Value.State == RunState.Failed;
        bool isHeld = known?.Value.LeasedUntil > now && known.Value.LeasedUntil <= now + Patience; // a lease that reaches further is of a clock that was set back
        if (isUntold ? isHeld : wasStale == isStale)
        {
            return null;
        }

        Run taken = Record(kind, RunState.Running, now) with { LeasedUntil = now + Patience };
        return await runs.TryWriteAsync(taken, known?.Tag, cancellationToken) is { } tag
            ? new Telling(kind, IsStale: isStale, WasStale: isUntold ? null : wasStale, tag)
            : null;
    }

    /// <summary>It was told: the episode has begun or ended.</summary>
    public Task EndAsync(Telling telling, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(telling);
        return runs.TryWriteAsync(Record(telling.Kind, telling.IsStale ? RunState.Failed : RunState.Promoted, now), telling.Tag, cancellationToken); // refused when another told meanwhile
    }

    /// <summary>It could not be told: all is as before, and the next check tells.</summary>
    public Task GiveBackAsync(Telling telling, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(telling);
        RunState before = telling.WasStale switch { true => RunState.Failed, false => RunState.Promoted, null => RunState.Running };
        return runs.TryWriteAsync(Record(telling.Kind, before, now), telling.Tag, cancellationToken);
    }

    private static Run Record(string kind, RunState state, DateTimeOffset now) => new()
    {
        Id = Prefix + kind,
        State = state,
        AsOf = now,
        StartedAt = DateTimeOffset.UnixEpoch, // after all runs in a list of the latest
        EndedAt = state == RunState.Running ? null : now,
        Steps = [],
        ModelVersion = "",
    };
}
