using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Erasure;

/// <summary>Removes a person from every store. Doing it again removes nothing.</summary>
/// <param name="warehouse">Events, slates, exposures.</param>
/// <param name="profiles">Session features.</param>
/// <param name="candidates">Precomputed lists.</param>
/// <param name="queue">Events that wait or are parked.</param>
/// <param name="runs">Drafts of runs that broke off, and runs that are under way.</param>
public sealed class UserEraser(IEventWarehouse warehouse, IProfileStore profiles, ICandidateStore candidates, IEventQueue queue, RunFolders runs)
{
    /// <summary>Erases one person.</summary>
    /// <returns>How much was removed, by store. Bundles name no shopper; the person's influence on the serving model ends with the next retrain.</returns>
    /// <exception cref="ErasureDeferredException">The history cannot remove the newest rows yet, or the person's latest acts are being ingested; the rest is gone.</exception>
    public async Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        int drafts = await runs.ForgetAsync(user, cancellationToken); // first: a run that goes on removes what it writes after this
        (int queued, ErasureDeferredException? deferred) = await EraseQueuedAsync(user, cancellationToken); // before the stores, so that nothing comes after
        int known = await profiles.ReadAsync(user, cancellationToken) is null ? 0 : 1;
        await profiles.DeleteAsync(user, cancellationToken);
        int lists = await candidates.DeleteUserAsync(user, cancellationToken);
        Dictionary<string, long> removed = new(await warehouse.EraseAsync(user, cancellationToken)) // last: it may put the newest rows off
        {
            ["profiles"] = known,
            ["candidate_lists"] = lists,
            ["queued_events"] = queued,
            ["run_drafts"] = drafts,
        };
        return deferred is null ? removed : throw deferred;
    }

    private async Task<(int Removed, ErasureDeferredException? Deferred)> EraseQueuedAsync(UserId user, CancellationToken cancellationToken)
    {
        try
        {
            return (await queue.EraseAsync(user, cancellationToken), null);
        }
        catch (ErasureDeferredException deferred)
        {
            return (0, deferred);
        }
    }
}
