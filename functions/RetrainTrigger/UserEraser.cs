using Aisle.Events;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>Removes a person from every store. Doing it again removes nothing.</summary>
/// <param name="warehouse">Events, slates, exposures.</param>
/// <param name="profiles">Session features.</param>
/// <param name="candidates">Precomputed lists.</param>
/// <param name="runs">Drafts of runs that broke off, and runs that are under way.</param>
public sealed class UserEraser(IEventWarehouse warehouse, IProfileStore profiles, ICandidateStore candidates, RunFolders runs)
{
    /// <summary>Erases one person.</summary>
    /// <returns>How much was removed, by store. Bundles name no shopper; the person's influence on the serving model ends with the next retrain.</returns>
    /// <exception cref="ErasureDeferredException">The history cannot remove the newest rows yet; the person is gone from all other stores.</exception>
    public async Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        int drafts = await runs.ForgetAsync(user, cancellationToken); // first: a run that goes on removes what it writes after this
        int known = await profiles.ReadAsync(user, cancellationToken) is null ? 0 : 1;
        await profiles.DeleteAsync(user, cancellationToken);
        int lists = await candidates.DeleteUserAsync(user, cancellationToken);
        return new Dictionary<string, long>(await warehouse.EraseAsync(user, cancellationToken)) // last: it may put the newest rows off
        {
            ["profiles"] = known,
            ["candidate_lists"] = lists,
            ["run_drafts"] = drafts,
        };
    }
}
