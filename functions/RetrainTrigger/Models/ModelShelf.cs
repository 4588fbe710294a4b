using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Models;

/// <summary>The models that are kept: which serves, what each is, how two differ, and the way back.</summary>
public sealed class ModelShelf(
    IModelStore models, ICandidateStore candidates, RunLedger ledger, ModelPublisher publisher, RetrainOptions options)
{
    /// <summary>All complete versions, oldest first.</summary>
    public async Task<IReadOnlyList<ShelfEntry>> ListAsync(CancellationToken cancellationToken)
    {
        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        IReadOnlyList<Run> runs = await ledger.LatestAsync(cancellationToken);
        IReadOnlyList<string> versions = await models.ListAsync(cancellationToken);
        return [.. versions.Select(version => new ShelfEntry(
            version, version == serving?.ModelVersion, version == serving?.PreviousVersion, runs.FirstOrDefault(run => run.ModelVersion == version), null, null))];
    }

    /// <summary>One version with its model, whose checksums are verified.</summary>
    /// <returns>Null when there is no such version.</returns>
    public async Task<ShelfEntry?> ShowAsync(string version, CancellationToken cancellationToken)
    {
        ShelfEntry? entry = (await ListAsync(cancellationToken)).FirstOrDefault(known => known.Version == version);
        if (entry is null || await models.OpenAsync(version, cancellationToken) is not { } folder)
        {
            return null;
        }

        try
        {
            return entry with { Bundle = ModelBundle.Load(folder) };
        }
        catch (InvalidDataException damaged)
        {
            return entry with { Problem = damaged.Message };
        }
    }

    /// <summary>How two versions differ, asked by the nameless shoppers of the earlier one; the counts are named
    /// by <see cref="ShadowCounts"/>.</summary>
    /// <exception cref="InvalidDataException">A bundle is damaged; the message names the file.</exception>
    /// <returns>Null when one of them is not there.</returns>
    public async Task<ModelDifference?> DiffAsync(string earlier, string later, CancellationToken cancellationToken)
    {
        IReadOnlyList<string> kept = await models.ListAsync(cancellationToken);
        if (!kept.Contains(earlier) || !kept.Contains(later))
        {
            return null;
        }

        if (await models.OpenAsync(earlier, cancellationToken) is not { } from || await models.OpenAsync(later, cancellationToken) is not { } to)
        {
            return null;
        }

        ModelBundle before = ModelBundle.Load(from);
        ModelBundle after = ModelBundle.Load(to);
        ProductId[] added = [.. after.Items.Ids.Where(id => !before.Items.TryGetIndex(id, out _))];
        ProductId[] removed = [.. before.Items.Ids.Where(id => !after.Items.TryGetIndex(id, out _))];
        IReadOnlyDictionary<string, double> counts = new ShadowDiff(options.Shadow, options.Recipe.Hybrid).Compare(before, after, cancellationToken);
        return new ModelDifference(earlier, later, added, removed, counts);
    }

    /// <summary>Lets a kept model serve. Its candidate lists may be gone by then; shoppers are scored live until the next run.</summary>
    /// <exception cref="InvalidDataException">Its files are damaged, and nothing was changed; the message names the file.</exception>
    /// <returns>False when there is no such version.</returns>
    public async Task<bool> PromoteAsync(string version, CancellationToken cancellationToken)
    {
        if (!(await models.ListAsync(cancellationToken)).Contains(version) || !await publisher.PublishAsync(version, cancellationToken))
        {
            return false;
        }

        await ledger.NoteByHandAsync(version, cancellationToken);
        return true;
    }

    /// <summary>Lets the model serve that served before, with its candidate lists.</summary>
    /// <exception cref="InvalidDataException">Its files are damaged, and nothing was changed; the message names the file.</exception>
    /// <returns>The version that serves now; null when there is none to go back to.</returns>
    public async Task<string?> RollBackAsync(CancellationToken cancellationToken) =>
        (await candidates.ReadManifestAsync(cancellationToken))?.PreviousVersion is { } previous && await PromoteAsync(previous, cancellationToken) ? previous : null;
}
