using System.IO.Hashing;
using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Training;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Models;

/// <summary>Brings a finished model to those who answer shoppers: bundle, lists, and last the pointer.</summary>
public sealed class ModelPublisher(
    ICandidateStore candidates, IModelStore models, IExperimentStore experiments, TrainingReader reader, TrainingSteps training, IEnumerable<IListWriter> elsewhere, TimeProvider clock,
    RetrainOptions options)
{
    private const int ListsAtOnce = 512;

    internal async Task<StepOutcome> SaveBundleAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(files.Folder, "bundle");
        (await training.FinishAsync(run, files, cancellationToken)).Save(folder);
        await models.SaveAsync(run.ModelVersion, folder, cancellationToken);
        FileInfo[] parts = [.. new DirectoryInfo(folder).EnumerateFiles()];
        return new StepOutcome(
            new Dictionary<string, double> { ["bytes"] = parts.Sum(file => file.Length), ["files"] = parts.Length },
            Digests.OfFiles(parts.Select(file => file.FullName)));
    }

    internal async Task<StepOutcome> WriteListsAsync(
        Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ModelRecipe recipe = RecipeText.Of(run, options.Recipe);
        if (elsewhere.FirstOrDefault() is { } writer)
        {
            HybridWeights? learnt = recipe.WeightsAreLearnt ? HybridWeights.Of(recipe.Hybrid) : null;
            ListProgress written = await writer.AdvanceAsync(run.ModelVersion, run.AsOf, learnt, cancellationToken);
            progress.Report((double)written.Done / Math.Max(1, written.Done + written.Left));
            return new StepOutcome(new Dictionary<string, double> { ["shards"] = written.Done, ["left"] = written.Left }, null) { Left = written.Left };
        }

        ModelBundle bundle = await OpenAsync(run.ModelVersion, cancellationToken)
            ?? throw new InvalidDataException($"The bundle {run.ModelVersion} is gone; trigger a new run with \"force\": true.");
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. files.Draft.Training.Users.Ids], cancellationToken);
        using CandidateListBuilder builder = new(files.Draft, new HybridRecommender(bundle, recipe.Hybrid), cohorts.GetValueOrDefault);
        string digest = await WriteListsAsync(builder, run, progress, cancellationToken);
        return new StepOutcome(new Dictionary<string, double> { ["lists"] = builder.UserCount }, digest);
    }

    /// <summary>Writes a batch while the next is made.</summary>
    private async Task<string> WriteListsAsync(CandidateListBuilder builder, Run run, IProgress<double> progress, CancellationToken cancellationToken)
    {
        XxHash128 digest = new();
        Task writing = Task.CompletedTask;
        try
        {
            for (int first = 0; first < builder.UserCount; first += ListsAtOnce)
            {
                IReadOnlyList<CandidateList> lists = builder.Build(first, ListsAtOnce, run.AsOf, cancellationToken);
                await writing;
                writing = Task.Run(() => candidates.WriteAsync(run.ModelVersion, lists, cancellationToken), cancellationToken);
                Digests.Append(digest, lists);
                progress.Report(Math.Min(1, (double)(first + ListsAtOnce) / builder.UserCount));
            }
        }
        finally
        {
            await writing; // nothing is left under way, whatever went wrong
        }

        return Digests.Text(digest);
    }

    /// <summary>Lets a version serve.</summary>
    /// <returns>False when there is no complete bundle of this version.</returns>
    public async Task<bool> PublishAsync(string version, CancellationToken cancellationToken)
    {
        if (await OpenAsync(version, cancellationToken) is not { } bundle)
        {
            return false;
        }

        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        if (serving?.ModelVersion != version)
        {
            await candidates.PublishAsync(
                new ServingManifest(version, serving?.ModelVersion, bundle.NewestEventAt, bundle.TrainedAt, clock.GetUtcNow()), cancellationToken);
        }

        return true;
    }

    /// <summary>Removes what no longer serves: the version before stays for rollback, with its lists, and so do those that running
    /// experiments answer from; of older ones the newest bundles stay for a while.</summary>
    /// <returns>How many bundles were removed.</returns>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        IReadOnlyList<string> versions = await models.ListAsync(cancellationToken);
        IReadOnlyList<string> tried = await TriedAsync(cancellationToken);
        string[] spare = [.. versions.Where(version => version != serving?.ModelVersion && version != serving?.PreviousVersion && !tried.Contains(version))];
        foreach (string version in spare)
        {
            await candidates.DropAsync(version, cancellationToken);
        }

        string[] old = [.. versions.SkipLast(options.KeptModels).Intersect(spare)];
        foreach (string version in old)
        {
            await models.DeleteAsync(version, cancellationToken);
        }

        return old.Length;
    }

    /// <summary>Removes a version that does not serve: its bundle and its lists.</summary>
    /// <returns>False when it serves, and nothing was removed.</returns>
    public async Task<bool> RemoveAsync(string version, CancellationToken cancellationToken)
    {
        if ((await candidates.ReadManifestAsync(cancellationToken))?.ModelVersion == version)
        {
            return false;
        }

        await candidates.DropAsync(version, cancellationToken);
        await models.DeleteAsync(version, cancellationToken);
        return true;
    }

    /// <summary>The versions that variants of running experiments answer from.</summary>
    private async Task<IReadOnlyList<string>> TriedAsync(CancellationToken cancellationToken) =>
        [.. from experiment in await experiments.ReadAllAsync(cancellationToken)
            where experiment.Value.State == ExperimentState.Running
            from variant in experiment.Value.Variants
            from parameter in variant.Parameters
            where ServingParameters.Split(parameter.Key).Name == ServingParameters.ModelVersion
            select parameter.Value];

    private async Task<ModelBundle?> OpenAsync(string version, CancellationToken cancellationToken) =>
        await models.OpenAsync(version, cancellationToken) is { } folder ? ModelBundle.Load(folder) : null;
}
