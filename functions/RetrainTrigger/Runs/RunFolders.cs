using Aisle.Events;
using Aisle.Ports;

namespace Aisle.RetrainTrigger.Runs;

/// <summary>The folders that runs keep their drafts in. Drafts name shoppers, so none outlives its use.</summary>
/// <param name="ledger">Knows the runs.</param>
/// <param name="models">The bundles.</param>
/// <param name="candidates">Says which model serves.</param>
/// <param name="options">Where the folders lie.</param>
public sealed class RunFolders(RunLedger ledger, IModelStore models, ICandidateStore candidates, RetrainOptions options)
{
    /// <summary>Removes the folders of runs that have ended, are unknown, or failed so long ago that they are not resumed.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        foreach (string folder in Folders())
        {
            Run? run = await ledger.FindAsync(Path.GetFileName(folder), cancellationToken);
            if (run is null or { State: RunState.Promoted or RunState.Refused or RunState.Cancelled } || (run.State == RunState.Failed && !await IsResumableAsync(run, cancellationToken)))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }

    /// <summary>Removes a shopper from what runs keep: a run that is under way removes what it writes about the
    /// shopper, one that is not begins anew.</summary>
    /// <returns>How many drafts were thrown away.</returns>
    public async Task<int> ForgetAsync(UserId user, CancellationToken cancellationToken)
    {
        await ledger.ForgetAsync(user, cancellationToken);
        int removed = 0;
        foreach (string folder in Folders())
        {
            string id = Path.GetFileName(folder);
            if (await ledger.FindAsync(id, cancellationToken) is { } run && ledger.IsHeld(run))
            {
                continue; // its worker deletes the folder within the hour, and has been told
            }

            Directory.Delete(folder, recursive: true);
            removed++;
            await BeginAnewAsync(id, cancellationToken);
        }

        return removed;
    }

    private async Task BeginAnewAsync(string id, CancellationToken cancellationToken)
    {
        if (await ledger.ReadAsync(id, cancellationToken) is not { Value.State: RunState.Running or RunState.Failed } known)
        {
            return;
        }

        if ((await candidates.ReadManifestAsync(cancellationToken))?.ModelVersion == known.Value.ModelVersion)
        {
            Run ended = known.Value with
            {
                State = RunState.Promoted,
                Reasons = ["Its model serves; its draft was thrown away when a "
                    + "shopper was erased, so batch features follow with the next run."]
            };
            await ledger.WriteAsync(ended, known.Tag, cancellationToken);
            return;
        }

        await models.DeleteAsync(known.Value.ModelVersion, cancellationToken);
        Run anew = known.Value with { Steps = [.. known.Value.Steps.Select(step => new RunStep { Name = step.Name, State = RunStepState.Pending })] };
        if (await ledger.WriteAsync(anew, known.Tag, cancellationToken) is { } written)
        {
            await ledger.ReleaseAsync(written.Value, cancellationToken);
        }
    }

    private async Task<bool> IsResumableAsync(Run run, CancellationToken cancellationToken)
    {
        IReadOnlyList<Run> latest = await ledger.LatestAsync(cancellationToken);
        return latest.FirstOrDefault(known => known.Kind == run.Kind)?.Id == run.Id;
    }

    private string[] Folders() => Directory.Exists(options.RunsFolder) ? Directory.GetDirectories(options.RunsFolder) : [];
}
