using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Features;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Models;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>Does one step of a run. Doing a step again gives the same.</summary>
/// <param name="recipes">Chooses the recipe.</param>
/// <param name="training">Makes the model.</param>
/// <param name="publisher">Brings it to those who answer shoppers.</param>
/// <param name="features">Writes batch features.</param>
/// <param name="gate">Compares it with the serving one.</param>
/// <param name="profiles">Session features, to leave nothing of erased shoppers.</param>
/// <param name="candidates">Candidate lists, to leave nothing of erased shoppers and cancelled runs.</param>
/// <param name="ledger">Knows who was erased meanwhile.</param>
/// <param name="options">Where runs keep their files.</param>
public sealed class StepWorker(
    RecipeChooser recipes, TrainingSteps training, ModelPublisher publisher, BatchFeatures features, GateKeeper gate, IProfileStore profiles, ICandidateStore candidates,
    RunLedger ledger, RetrainOptions options)
{
    internal async Task<StepOutcome> DoAsync(string step, Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken) => step switch
    {
        StepNames.Recipe => await recipes.ChooseAsync(run, progress, cancellationToken),
        StepNames.Snapshot => await training.SnapshotAsync(run, files, cancellationToken),
        StepNames.Factors => await training.FactorsAsync(run, files, progress, cancellationToken),
        StepNames.Content => training.Content(run, files, cancellationToken),
        StepNames.Neighbours => await training.NeighboursAsync(run, files, cancellationToken),
        StepNames.Evaluation => await training.EvaluateAsync(run, files, progress, cancellationToken),
        StepNames.Bundle => await publisher.SaveBundleAsync(run, files, cancellationToken),
        StepNames.Gate => await gate.CompareAsync(run, files, cancellationToken),
        StepNames.Candidates => await publisher.WriteListsAsync(run, files, progress, cancellationToken),
        StepNames.Publish => await PublishAsync(run, cancellationToken),
        StepNames.Features => await features.WriteAsync(run, files, progress, cancellationToken),
        StepNames.CleanUp => await CleanUpAsync(run, files, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step, "There is no such step."),
    };

    /// <summary>Removes models that are too old to be kept.</summary>
    internal Task PruneAsync(CancellationToken cancellationToken) => publisher.PruneAsync(cancellationToken);

    /// <summary>Leaves nothing of a run that was cancelled.</summary>
    internal async Task UndoAsync(Run run, CancellationToken cancellationToken)
    {
        new RunFiles(options, run).Delete();
        await publisher.RemoveAsync(run.ModelVersion, cancellationToken);
    }

    private async Task<StepOutcome> PublishAsync(Run run, CancellationToken cancellationToken) =>
        await publisher.PublishAsync(run.ModelVersion, cancellationToken)
            ? StepOutcome.Nothing
            : throw new RunFailedException("The bundle is gone; trigger a new run with \"force\": true.");

    // A shopper who was erased while lists and features were written is removed after them: the eraser marks the
    // run first and deletes then.
    private async Task<StepOutcome> CleanUpAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        int removed = await publisher.PruneAsync(cancellationToken);
        files.Delete();
        Run newest = await ledger.FindAsync(run.Id, cancellationToken) ?? run;
        foreach (string erased in newest.Erased)
        {
            await candidates.DeleteUserAsync(new UserId(erased), cancellationToken);
            await profiles.DeleteAsync(new UserId(erased), cancellationToken);
        }

        return new StepOutcome(new Dictionary<string, double> { ["removed_models"] = removed, ["erased_shoppers"] = newest.Erased.Count }, null);
    }
}
