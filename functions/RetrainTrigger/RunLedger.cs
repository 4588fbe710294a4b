using System.Globalization;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Keeps the records of runs: one a day unless forced, one worker each, every change by compare-and-set.</summary>
public sealed class RunLedger(IRunStore runs, TimeProvider clock, RetrainOptions options)
{
    private const int Latest = 50;

    /// <summary>Finds or makes the run of a trigger.</summary>
    /// <param name="isForced">Whether a run that has ended today is followed by another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TriggerOutcome> TriggerAsync(bool isForced, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        string day = string.Create(CultureInfo.InvariantCulture, $"retrain-{now:yyyyMMdd}");
        for (int number = 1; ; number++)
        {
            string id = number == 1 ? day : string.Create(CultureInfo.InvariantCulture, $"{day}-{number}");
            Versioned<Run>? known = await runs.ReadAsync(id, cancellationToken);
            if (known is null)
            {
                Run run = Begin(id, now);
                if (await runs.TryWriteAsync(run, null, cancellationToken) is not null)
                {
                    return new TriggerOutcome.Started(run);
                }

                known = await runs.ReadAsync(id, cancellationToken);
            }

            if (Outcome(known!.Value, now, isForced) is { } outcome)
            {
                return outcome;
            }
        }
    }

    /// <summary>Takes a run into the caller's hands, or says that somebody has it.</summary>
    public async Task<Versioned<Run>?> TakeAsync(string id, CancellationToken cancellationToken)
    {
        Versioned<Run> known = await runs.ReadAsync(id, cancellationToken) ?? throw new ArgumentException($"There is no run {id}.", nameof(id));
        return known.Value.LeasedUntil > clock.GetUtcNow() && known.Value.State == RunState.Running
            ? null
            : await WriteAsync(known.Value with { State = RunState.Running, EndedAt = null, Reasons = [] }, known.Tag, cancellationToken);
    }

    /// <summary>Writes the run's new state and renews the lease; a run that has ended loses it.</summary>
    /// <returns>Null when somebody else has changed the run meanwhile.</returns>
    public async Task<Versioned<Run>?> WriteAsync(Run run, string tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        Run kept = run with { LeasedUntil = run.State == RunState.Running ? clock.GetUtcNow() + options.Lease : null };
        return await runs.TryWriteAsync(kept, tag, cancellationToken) is { } next ? new Versioned<Run>(kept, next) : null;
    }

    /// <summary>Gives a run back, so that the next trigger resumes it at once.</summary>
    public async Task ReleaseAsync(string id, CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(id, cancellationToken) is { Value.State: RunState.Running } known)
        {
            await runs.TryWriteAsync(known.Value with { LeasedUntil = null }, known.Tag, cancellationToken);
        }
    }

    /// <summary>One run, or null.</summary>
    public async Task<Run?> FindAsync(string id, CancellationToken cancellationToken) => (await runs.ReadAsync(id, cancellationToken))?.Value;

    /// <summary>The latest runs, newest first.</summary>
    public Task<IReadOnlyList<Run>> LatestAsync(CancellationToken cancellationToken) => runs.ReadLatestAsync(Latest, cancellationToken);

    private static TriggerOutcome? Outcome(Run run, DateTimeOffset now, bool isForced) => run.State switch
    {
        RunState.Running when run.LeasedUntil > now => new TriggerOutcome.Underway(run),
        RunState.Running or RunState.Failed => new TriggerOutcome.Started(run),
        _ => isForced ? null : new TriggerOutcome.DoneAlready(run),
    };

    private static Run Begin(string id, DateTimeOffset now) => new()
    {
        Id = id,
        State = RunState.Running,
        AsOf = now,
        StartedAt = now,
        Steps = [.. StepNames.All.Select(name => new RunStep { Name = name, State = RunStepState.Pending })],
        ModelVersion = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture),
    };
}
