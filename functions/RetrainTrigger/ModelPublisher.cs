using Aisle.Candidates;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Brings a finished model to those who answer shoppers: bundle, lists, and last the pointer.</summary>
public sealed class ModelPublisher(
    ICandidateStore candidates, IModelStore models, TrainingReader reader, TrainingSteps training, TimeProvider clock, RetrainOptions options)
{
    private const int ListsAtOnce = 500;

    internal async Task<Dictionary<string, double>> SaveBundleAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(files.Folder, "bundle");
        training.Finish(run, files, clock.GetUtcNow()).Save(folder);
        await models.SaveAsync(run.ModelVersion, folder, cancellationToken);
        return new Dictionary<string, double> { ["bytes"] = new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length) };
    }

    internal async Task<Dictionary<string, double>> WriteListsAsync(
        Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ModelBundle bundle = await OpenAsync(run.ModelVersion, cancellationToken)
            ?? throw new InvalidDataException($"The bundle {run.ModelVersion} is gone; trigger a new run with \"force\": true.");
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. files.Draft.Training.Users.Ids], cancellationToken);
        CandidateListBuilder builder = new(files.Draft, new HybridRecommender(bundle, options.Recipe.Hybrid), cohorts.GetValueOrDefault);
        for (int first = 0; first < builder.UserCount; first += ListsAtOnce)
        {
            await candidates.WriteAsync(run.ModelVersion, builder.Build(first, ListsAtOnce, run.AsOf, cancellationToken), cancellationToken);
            progress.Report(Math.Min(1, (double)(first + ListsAtOnce) / builder.UserCount));
        }

        return new Dictionary<string, double> { ["lists"] = builder.UserCount };
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
            await PruneAsync(version, serving?.ModelVersion, cancellationToken);
        }

        return true;
    }

    // The version before stays for rollback, with its lists; of older ones the bundles stay for a while.
    private async Task PruneAsync(string serving, string? previous, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> versions = await models.ListAsync(cancellationToken);
        foreach (string version in versions.Where(version => version != serving && version != previous))
        {
            await candidates.DropAsync(version, cancellationToken);
        }

        foreach (string version in versions.SkipLast(options.KeptModels).Where(version => version != serving && version != previous))
        {
            await models.DeleteAsync(version, cancellationToken);
        }
    }

    private async Task<ModelBundle?> OpenAsync(string version, CancellationToken cancellationToken) =>
        await models.OpenAsync(version, cancellationToken) is { } folder ? ModelBundle.Load(folder) : null;
}
