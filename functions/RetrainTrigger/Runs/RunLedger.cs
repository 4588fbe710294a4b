using System.Globalization;
using Aisle.Alerts;
using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>Keeps the records of runs: one a day unless forced, one at a time, one worker each, every change by compare-and-set.</summary>
public sealed class RunLedger(IRunStore runs, TimeProvider clock, RetrainOptions options)
{
    /// <summary>What a run's reasons say first when an operator let its model serve.</summary>
    public const string ByHand = "Somebody let this model serve by hand.";

    private const int Latest = 200; // a busy catalogue makes dozens of content runs between two retrains

    /// <summary>Finds or makes a retrain.</summary>
    /// <param name="isForced">Whether a run that has ended today is followed by another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<TriggerOutcome> TriggerAsync(bool isForced, CancellationToken cancellationToken) => TriggerAsync(RunKind.Retrain, isForced, cancellationToken);

    /// <summary>Finds or makes the run of a trigger. A run that is under way, even of the day before, goes first; one whose worker died is
    /// resumed, save that a retrain does not wait for a content run.</summary>
    /// <param name="kind">What the run is to do.</param>
    /// <param name="isForced">Whether a run that has ended today is followed by another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<TriggerOutcome> TriggerAsync(RunKind kind, bool isForced, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (await UnfinishedAsync(kind, isForced, now, cancellationToken) is { } unfinished)
        {
            return unfinished;
        }

        string day = string.Create(CultureInfo.InvariantCulture, $"{(kind == RunKind.Retrain ? "retrain" : "content")}-{now:yyyyMMdd}");
        for (int number = 1; ; number++)
        {
            string id = number == 1 ? day : string.Create(CultureInfo.InvariantCulture, $"{day}-{number}");
            Versioned<Run>? known = await runs.ReadAsync(id, cancellationToken);
            if (known is null)
            {
                Run run = Begin(kind, id, now);
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

    /// <summary>Takes a run into the caller's hands, or says that this or another run is in somebody's, or that it has ended.</summary>
    /// <returns>The run, its lease running; null when it is not to be had.</returns>
    /// <remarks>Of two workers that take different runs at the same moment each sees the other and may yield;
    /// then the next trigger resumes.</remarks>
    public async Task<Versioned<Run>?> TakeAsync(string id, CancellationToken cancellationToken)
    {
        Versioned<Run> known = await runs.ReadAsync(id, cancellationToken) ?? throw new ArgumentException($"There is no run {id}.", nameof(id));
        if (known.Value.State is not (RunState.Running or RunState.Failed) || IsHeld(known.Value, clock.GetUtcNow()))
        {
            return null;
        }

        Run mine = known.Value with { State = RunState.Running, EndedAt = null, Reasons = [], Attempt = known.Value.Attempt + 1 };
        if (await WriteAsync(mine, known.Tag, cancellationToken) is not { } taken)
        {
            return null;
        }

        IReadOnlyList<Run> others = await LatestAsync(cancellationToken);
        if (others.Any(other => other.Id != id && IsHeld(other, clock.GetUtcNow())))
        {
            await ReleaseAsync(taken.Value, cancellationToken);
            return null;
        }

        return taken;
    }

    /// <summary>Writes the run's new state and renews the lease; a run that has ended loses it, and with it the names of
    /// those who were erased meanwhile.</summary>
    /// <returns>Null when somebody else has changed the run meanwhile.</returns>
    public async Task<Versioned<Run>?> WriteAsync(Run run, string tag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        bool isRunning = run.State == RunState.Running;
        Run kept = run with { LeasedUntil = isRunning ? clock.GetUtcNow() + options.Lease : null, Erased = isRunning ? run.Erased : [] };
        return await runs.TryWriteAsync(kept, tag, cancellationToken) is { } next ? new Versioned<Run>(kept, next) : null;
    }

    /// <summary>Gives a run back, so that the next trigger resumes it at once. A worker from whom another has
    /// taken the run gives nothing back.</summary>
    /// <param name="run">The run as its worker knew it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task ReleaseAsync(Run run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        while (await runs.ReadAsync(run.Id, cancellationToken) is { Value.State: RunState.Running } known && known.Value.Attempt == run.Attempt)
        {
            if (await runs.TryWriteAsync(known.Value with { LeasedUntil = null }, known.Tag, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Says of a run whose worker is dead for certain why it broke off; the next trigger resumes it. A
    /// run that has ended stays as it is.</summary>
    /// <param name="id">The run.</param>
    /// <param name="reason">What happened and what to do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task BreakOffAsync(string id, string reason, CancellationToken cancellationToken)
    {
        while (await runs.ReadAsync(id, cancellationToken) is { Value.State: RunState.Running } known)
        {
            Run broken = known.Value with { State = RunState.Failed, EndedAt = clock.GetUtcNow(), Reasons = [reason] };
            if (await WriteAsync(broken, known.Tag, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Notes that an operator let a run's model serve, whatever the gate said: later models are held against it
    /// and not against those before it.</summary>
    /// <param name="modelVersion">The version; nothing happens when its run is not known any more.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task NoteByHandAsync(string modelVersion, CancellationToken cancellationToken)
    {
        Run? made = (await LatestAsync(cancellationToken)).FirstOrDefault(run => run.ModelVersion == modelVersion && run.State is (RunState.Refused or RunState.Promoted));
        while (made is not null && await runs.ReadAsync(made.Id, cancellationToken) is { } known)
        {
            Run noted = known.Value with { State = RunState.Promoted, Reasons = [ByHand, .. known.Value.Reasons.Where(reason => reason != ByHand)] };
            if (await runs.TryWriteAsync(noted, known.Tag, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Cancels a run whose model does not serve yet. Its worker, wherever it is, stops at its next sign of life.</summary>
    /// <returns>The run as it is now; null when there is none.</returns>
    public async Task<Run?> CancelAsync(string id, CancellationToken cancellationToken)
    {
        while (await KnownAsync(id, cancellationToken) is { } known)
        {
            if (!CanCancel(known.Value))
            {
                return known.Value;
            }

            Run cancelled = known.Value with
            {
                State = RunState.Cancelled,
                EndedAt = clock.GetUtcNow(),
                Reasons = ["Somebody cancelled it; the serving model stays. Trigger a new run with \"force\": true."],
            };
            if (await WriteAsync(cancelled, known.Tag, cancellationToken) is { } written)
            {
                return written.Value;
            }
        }

        return null;
    }

    /// <summary>Tells the runs that a shopper was erased: one that is under way writes nothing about the shopper any
    /// more, and none names the shopper.</summary>
    public async Task ForgetAsync(UserId user, CancellationToken cancellationToken)
    {
        foreach (Run latest in await LatestAsync(cancellationToken))
        {
            while (await runs.ReadAsync(latest.Id, cancellationToken) is { } known && Forget(known.Value, user) is { } forgotten)
            {
                if (await runs.TryWriteAsync(forgotten, known.Tag, cancellationToken) is not null)
                {
                    break;
                }
            }
        }
    }

    /// <summary>One run, or null.</summary>
    public async Task<Run?> FindAsync(string id, CancellationToken cancellationToken) => (await KnownAsync(id, cancellationToken))?.Value;

    /// <summary>The latest runs, newest first.</summary>
    public async Task<IReadOnlyList<Run>> LatestAsync(CancellationToken cancellationToken) =>
        [.. (await runs.ReadLatestAsync(Latest, cancellationToken)).Where(run => !Episodes.IsOne(run))];

    /// <summary>Whether a worker lives that has the run. A lease that reaches further than one can be given comes
    /// from a clock that was set back.</summary>
    public bool IsHeld(Run run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return IsHeld(run, clock.GetUtcNow());
    }

    internal Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken) => runs.ReadAsync(id, cancellationToken);

    private async Task<TriggerOutcome?> UnfinishedAsync(RunKind kind, bool isForced, DateTimeOffset now, CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> latest = await LatestAsync(cancellationToken);
        Run[] running = [.. latest.Where(run => run.State == RunState.Running)];
        if (running.FirstOrDefault(run => IsHeld(run, now)) is { } held)
        {
            return new TriggerOutcome.Underway(held);
        }

        Run? last = latest.FirstOrDefault(run => run.Kind == kind);
        Run? resumed = !isForced && last?.State == RunState.Failed && IsYoung(last, now) ? last : null;
        foreach (Run run in running)
        {
            if (resumed is null && IsYoung(run, now) && (run.Kind == RunKind.Retrain || run.Kind == kind))
            {
                resumed = run;
            }
            else
            {
                await AbandonAsync(run, now, cancellationToken);
            }
        }

        return resumed is null ? null : new TriggerOutcome.Started(resumed);
    }

    private async Task AbandonAsync(Run run, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await runs.ReadAsync(run.Id, cancellationToken) is { Value.State: RunState.Running } known && !IsHeld(known.Value, now))
        {
            const string Why = "Its worker died and it was too old to be resumed; a newer run follows it.";
            await WriteAsync(known.Value with { State = RunState.Failed, EndedAt = now, Reasons = [Why] }, known.Tag, cancellationToken);
        }
    }

    private bool IsYoung(Run run, DateTimeOffset now) => (now - run.AsOf).Duration() <= options.ResumeWithin;

    private bool IsHeld(Run run, DateTimeOffset now) =>
        run.State == RunState.Running && run.LeasedUntil > now && run.LeasedUntil <= now + options.Lease;

    private static bool CanCancel(Run run) =>
        run.State is RunState.Running or RunState.Failed
        && run.Steps.All(step => step.Name != StepNames.Publish || step.State == RunStepState.Pending);

    private static Run? Forget(Run run, UserId user)
    {
        bool tells = run.State == RunState.Running && !run.Erased.Contains(user.Value);
        string named = ShadowCounts.WorstUser + user.Value;
        return !tells && !run.Steps.Any(step => step.Counts.ContainsKey(named)) ? null : run with
        {
            Erased = tells ? [.. run.Erased, user.Value] : run.Erased,
            Steps = [.. run.Steps.Select(step => step with { Counts = step.Counts.Where(count => count.Key != named).ToDictionary() })],
        };
    }

    private TriggerOutcome? Outcome(Run run, DateTimeOffset now, bool isForced) => run.State switch
    {
        RunState.Running when IsHeld(run, now) => new TriggerOutcome.Underway(run),
        RunState.Running => new TriggerOutcome.Started(run),
        _ when isForced => null,
        RunState.Failed => new TriggerOutcome.Started(run),
        _ => new TriggerOutcome.DoneAlready(run),
    };

    private static Run Begin(RunKind kind, string id, DateTimeOffset now) => new()
    {
        Id = id,
        Kind = kind,
        State = RunState.Running,
        AsOf = now,
        StartedAt = now,
        Steps = [.. StepNames.Of(kind).Select(name => new RunStep { Name = name, State = RunStepState.Pending })],
        ModelVersion = now.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", CultureInfo.InvariantCulture),
    };

    // The memory of an alert lies beside the runs and is none.
    private async Task<Versioned<Run>?> KnownAsync(string id, CancellationToken cancellationToken) =>
        await runs.ReadAsync(id, cancellationToken) is { } known && !Episodes.IsOne(known.Value) ? known : null;
}
