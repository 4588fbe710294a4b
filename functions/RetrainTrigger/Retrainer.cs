using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Works a run off, step by step. A run whose worker died goes on with the step that was broken off; the serving model changes only at the very end.</summary>
public sealed class Retrainer(
    RunLedger ledger, TrainingSteps training, ModelPublisher publisher, BatchFeatures features, PromotionGate gate, TimeProvider clock, RetrainOptions options)
{
    /// <summary>Works the run off, or leaves it to the worker who has it.</summary>
    /// <returns>The run as it ended; as somebody else holds it, when somebody does.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up; the run can be resumed at once, as after any fault of a store.</exception>
    public async Task<Run> RunAsync(string id, CancellationToken cancellationToken)
    {
        if (await ledger.TakeAsync(id, cancellationToken) is not { } held)
        {
            return await ledger.FindAsync(id, cancellationToken) ?? throw new ArgumentException($"There is no run {id}.", nameof(id));
        }

        RunFiles files = new(options, held.Value);
        try
        {
            return await WorkAsync(held, files, cancellationToken);
        }
        catch
        {
            // Stopped, or a store failed: without its lease the run is resumed by the next trigger.
            await ledger.ReleaseAsync(id, CancellationToken.None);
            throw;
        }
    }

    private async Task<Run> WorkAsync(Versioned<Run> held, RunFiles files, CancellationToken cancellationToken)
    {
        foreach (string name in StepNames.All)
        {
            if (held.Value.Steps.First(step => step.Name == name).State == RunStepState.Done)
            {
                continue;
            }

            held = await KeepAsync(Change(held.Value, name, step => step with { State = RunStepState.Running, StartedAt = clock.GetUtcNow() }), held.Tag, cancellationToken);
            using StepProgress progress = new(held, name, ledger);
            string? failure = null;
            Dictionary<string, double> counts = [];
            try
            {
                counts = await DoAsync(name, held.Value, files, progress, cancellationToken);
            }
            catch (Exception failed) when (failed is RunFailedException or InvalidDataException)
            {
                failure = failed.Message;
            }

            held = await progress.EndAsync(cancellationToken);
            if (failure is not null)
            {
                return await FailAsync(held, name, failure, cancellationToken);
            }

            held = await KeepAsync(
                Change(held.Value, name, step => step with { State = RunStepState.Done, EndedAt = clock.GetUtcNow(), Progress = 1, Counts = counts }), held.Tag, cancellationToken);
            if (name == StepNames.Gate && await ObjectionsAsync(held.Value, cancellationToken) is { Count: > 0 } objections)
            {
                files.Delete();
                return (await KeepAsync(held.Value with { State = RunState.Refused, EndedAt = clock.GetUtcNow(), Reasons = objections }, held.Tag, cancellationToken)).Value;
            }
        }

        files.Delete();
        return (await KeepAsync(
            held.Value with { State = RunState.Promoted, EndedAt = clock.GetUtcNow(), Reasons = [$"The model {held.Value.ModelVersion} serves."] }, held.Tag, cancellationToken)).Value;
    }

    private async Task<Dictionary<string, double>> DoAsync(
        string step, Run run, RunFiles files, StepProgress progress, CancellationToken cancellationToken)
    {
        switch (step)
        {
            case StepNames.Snapshot:
                return await training.SnapshotAsync(run, files, cancellationToken);
            case StepNames.Factors:
                return training.Factors(files, progress, cancellationToken);
            case StepNames.Content:
                return training.Content(files, cancellationToken);
            case StepNames.Neighbours:
                return await training.NeighboursAsync(run, files, cancellationToken);
            case StepNames.Evaluation:
                return await training.EvaluateAsync(run, files, progress, cancellationToken);
            case StepNames.Bundle:
                return await publisher.SaveBundleAsync(run, files, cancellationToken);
            case StepNames.Candidates:
                return await publisher.WriteListsAsync(run, files, progress, cancellationToken);
            case StepNames.Publish:
                bool published = await publisher.PublishAsync(run.ModelVersion, cancellationToken);
                return published ? [] : throw new RunFailedException("The bundle is gone; trigger a new run with \"force\": true.");
            case StepNames.Features:
                return await features.WriteAsync(run, files, progress, cancellationToken);
            default:
                return [];
        }
    }

    private async Task<IReadOnlyList<string>> ObjectionsAsync(Run run, CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> latest = await ledger.LatestAsync(cancellationToken);
        return gate.Objections(run, latest.FirstOrDefault(other => other.State == RunState.Promoted && other.Id != run.Id));
    }

    private async Task<Run> FailAsync(Versioned<Run> held, string name, string reason, CancellationToken cancellationToken)
    {
        Run failed = Change(held.Value, name, step => step with { State = RunStepState.Failed, EndedAt = clock.GetUtcNow() });
        return (await KeepAsync(failed with { State = RunState.Failed, EndedAt = clock.GetUtcNow(), Reasons = [reason] }, held.Tag, cancellationToken)).Value;
    }

    private async Task<Versioned<Run>> KeepAsync(Run run, string tag, CancellationToken cancellationToken) =>
        await ledger.WriteAsync(run, tag, cancellationToken)
            ?? throw new InvalidOperationException($"Somebody else works on the run {run.Id}; this worker gives up.");

    private static Run Change(Run run, string name, Func<RunStep, RunStep> change) =>
        run with { Steps = [.. run.Steps.Select(step => step.Name == name ? change(step) : step)] };
}
