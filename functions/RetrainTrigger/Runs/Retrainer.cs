using Aisle.Ports;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Steps;
using Microsoft.Extensions.Logging;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>Works a run off, step by step. A run whose worker died goes on with the step that was broken off; the serving
/// model changes only at the very end.</summary>
public sealed class Retrainer(
    RunLedger ledger, StepWorker steps, GateKeeper gate, RunFolders folders, TimeProvider clock, RetrainOptions options, ILogger<Retrainer> logger)
    : IRunWorker
{
    /// <summary>Works the run off, or as much of it as one trigger has time for, or leaves it to the worker who has it.</summary>
    /// <returns>The run as it ended; still running, for the next trigger to resume, when time was over; as somebody
    /// else holds it, when somebody does.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the run can be resumed at once.</exception>
    public async Task<Run> RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await ledger.TakeAsync(id, cancellationToken) is not { } taken)
        {
            return await FindAsync(id, cancellationToken);
        }

        await folders.SweepAsync(cancellationToken);
        await using HeldRun held = new(taken, ledger, options.Heartbeat, clock);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, held.Lost);
        try
        {
            return await WorkAsync(held, stop.Token);
        }
        catch (Exception lost) when (lost is RunLostException || (lost is OperationCanceledException && held.Lost.IsCancellationRequested))
        {
            return await LeaveAsync(id, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            await ledger.ReleaseAsync(held.Run, CancellationToken.None);
            throw;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            await BreakOffAsync(held, fault, CancellationToken.None);
            throw;
        }
    }

    private async Task<Run> WorkAsync(HeldRun held, CancellationToken cancellationToken)
    {
        RunFiles files = new(options, held.Run);
        long started = clock.GetTimestamp();
        bool worked = false;
        foreach (string name in held.Run.Steps.Select(step => step.Name).ToArray())
        {
            if (held.Run.Steps.First(step => step.Name == name).State == RunStepState.Done)
            {
                continue;
            }

            if (worked && clock.GetElapsedTime(started) >= options.TimePerTrigger)
            {
                return await PauseAsync(held, cancellationToken);
            }

            worked = true;
            await BeginAsync(held, name, cancellationToken);
            StepOutcome outcome;
            try
            {
                outcome = await steps.DoAsync(name, held.Run, files, held, cancellationToken);
                await held.SettleAsync(cancellationToken);
            }
            catch (Exception failed) when (failed is RunFailedException or InvalidDataException)
            {
                await held.SettleAsync(cancellationToken);
                await FailAsync(held, failed.Message, cancellationToken);
                return held.Run;
            }

            if (outcome.Left > 0)
            {
                await held.ChangeAsync(run => Change(run, name, step => step with { Counts = outcome.Counts }), cancellationToken);
                return await PauseAsync(held, cancellationToken);
            }

            await (name == StepNames.Gate ? PassGateAsync(held, outcome, files, cancellationToken) : held.ChangeAsync(run => Done(run, name, outcome), cancellationToken));
            if (held.Run.State != RunState.Running)
            {
                return held.Run;
            }
        }

        await held.ChangeAsync(
            run => run with { State = RunState.Promoted, EndedAt = clock.GetUtcNow(), Reasons = [$"The model {run.ModelVersion} serves.", .. run.Reasons] }, cancellationToken);
        return held.Run;
    }

    /// <summary>Gives the run back as it is, for the next trigger.</summary>
    private async Task<Run> PauseAsync(HeldRun held, CancellationToken cancellationToken)
    {
        await ledger.ReleaseAsync(held.Run, cancellationToken);
        return held.Run;
    }

    private async Task BeginAsync(HeldRun held, string name, CancellationToken cancellationToken)
    {
        held.Begin(name);
        await held.ChangeAsync(
            run => Change(run, name, step => step with
            {
                State = RunStepState.Running,
                StartedAt = clock.GetUtcNow(),
                Progress = 0,
                InputDigest = Digests.OfOutputs(run.Steps.TakeWhile(known => known.Name != name)),
            }),
            cancellationToken);
    }

    // The decision and the step that it came of are written at once, so that no crash lets a refused model pass.
    private async Task PassGateAsync(HeldRun held, StepOutcome outcome, RunFiles files, CancellationToken cancellationToken)
    {
        Run judged = Done(held.Run, StepNames.Gate, outcome);
        GateDecision decision = await gate.DecideAsync(judged, cancellationToken);
        bool isRefused = decision.Objections.Count > 0;
        logger.LogInformation(
            "The gate {Decision} the model {Model} of the run {Run}. {Reasons}",
            isRefused ? "refuses" : "lets pass", judged.ModelVersion, judged.Id, string.Join(' ', [.. decision.Objections, .. decision.Remarks]));
        await gate.AlertAsync(judged, decision, cancellationToken);
        if (isRefused)
        {
            files.Delete();
            await steps.PruneAsync(cancellationToken);
        }

        await held.ChangeAsync(
            run => Done(run, StepNames.Gate, outcome) with
            {
                State = isRefused ? RunState.Refused : RunState.Running,
                EndedAt = isRefused ? clock.GetUtcNow() : null,
                Reasons = [.. decision.Objections, .. decision.Remarks],
            },
            cancellationToken);
    }

    private Task FailAsync(HeldRun held, string reason, CancellationToken cancellationToken) => held.ChangeAsync(
        run => run with
        {
            State = RunState.Failed,
            EndedAt = clock.GetUtcNow(),
            Reasons = [reason],
            Steps = [.. run.Steps.Select(step => step.State == RunStepState.Running ? step with { State = RunStepState.Failed, EndedAt = clock.GetUtcNow() } : step)],
        },
        cancellationToken);

    // Says what happened, if the store of runs lets it; if it does not, the lease runs out and the next trigger resumes.
    private async Task BreakOffAsync(HeldRun held, Exception fault, CancellationToken cancellationToken)
    {
        try
        {
            await FailAsync(held, Remedies.Of(fault), cancellationToken);
        }
        catch (Exception also) when (also is not OutOfMemoryException)
        {
            logger.LogError(also, "That the run {Run} broke off could not be recorded; the next trigger resumes it.", held.Run.Id);
        }
    }

    // Another worker goes on with the files; those of a cancelled run are nobody's.
    private async Task<Run> LeaveAsync(string id, CancellationToken cancellationToken)
    {
        Run run = await FindAsync(id, cancellationToken);
        if (run.State == RunState.Cancelled)
        {
            await steps.UndoAsync(run, cancellationToken);
        }

        logger.LogWarning("A worker lost the run {Run} ({State}) and stopped.", run.Id, run.State);
        return run;
    }

    private async Task<Run> FindAsync(string id, CancellationToken cancellationToken) =>
        await ledger.FindAsync(id, cancellationToken) ?? throw new ArgumentException($"There is no run {id}.", nameof(id));

    private Run Done(Run run, string name, StepOutcome outcome) => Change(run with
    {
        Recipe = outcome.Recipe ?? run.Recipe,
        CatalogueDigest = outcome.CatalogueDigest ?? run.CatalogueDigest,
    }, name, step => step with
    {
        State = RunStepState.Done,
        EndedAt = clock.GetUtcNow(),
        Progress = 1,
        Counts = outcome.Counts,
        Digest = outcome.Digest,
    });

    private static Run Change(Run run, string name, Func<RunStep, RunStep> change) =>
        run with { Steps = [.. run.Steps.Select(step => step.Name == name ? change(step) : step)] };
}
