using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Erasure;

/// <summary>Removes a person from every store, under the user's id and under those of the visitors who logged in as the user,
/// last or before somebody else did, over as many logins as there were. Doing it again removes nothing.</summary>
/// <remarks>Whoever has the key of the shop's pages can claim that somebody else's id logged in as the user. Rows are removed under a visitor's id only where the shop itself named the visitor, or where the visitor's
/// own document assigned by that id, as a browser's does and that of an id that nobody had when it logged in; of the others goes the document that names the user.</remarks>
/// <param name="warehouse">Events, slates, exposures.</param>
/// <param name="profiles">Session features.</param>
/// <param name="candidates">Precomputed lists.</param>
/// <param name="queue">Events that wait or are parked.</param>
/// <param name="overrides">Variants of experiments that were set by hand.</param>
/// <param name="runs">Drafts of runs that broke off, and runs that are under way.</param>
public sealed class UserEraser(IEventWarehouse warehouse, IProfileStore profiles, ICandidateStore candidates, IEventQueue queue, OverrideEraser overrides, RunFolders runs)
{
    /// <summary>Erases one person.</summary>
    /// <returns>How much was removed, by store. Bundles name no shopper; the person's influence on the serving model ends with the next retrain.</returns>
    /// <exception cref="ErasureDeferredException">The history cannot remove the newest rows yet, or the person's latest acts are being ingested; the rest is gone, but for what says which visitors
    /// the person was: by it the next call finds them.</exception>
    public async Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        (bool isKnown, AssignmentId? assigned) = await LookAsync(user, cancellationToken);
        (List<UserId> own, List<UserId> claimed) = await VisitorsAsync(user, cancellationToken);
        HashSet<string> people = [user.Value, assigned?.Value ?? user.Value, .. own.Select(visitor => visitor.Value)];

        Dictionary<string, long> removed = new()
        {
            ["experiment_overrides"] = await overrides.EraseAsync(people, cancellationToken),
            ["profiles"] = (isKnown ? 1 : 0) + own.Count + claimed.Count,
        };
        ErasureDeferredException? deferred = null;
        foreach (UserId id in own.Append(user))
        {
            deferred = await EraseIdAsync(id, removed, cancellationToken) ?? deferred;
        }

        await profiles.DeleteAsync(user, cancellationToken);
        if (deferred is not null)
        {
            throw deferred;
        }

        foreach (UserId visitor in own.Concat(claimed))
        {
            await profiles.DeleteAsync(visitor, cancellationToken);
        }

        return removed;
    }

    private async Task<(List<UserId> Own, List<UserId> Claimed)> VisitorsAsync(UserId user, CancellationToken cancellationToken)
    {
        (List<UserId> own, List<UserId> claimed) = ([], []);
        HashSet<UserId> seen = [user]; // two ids may have logged in as each other
        Queue<UserId> open = new([user]);
        while (open.TryDequeue(out UserId person))
        {
            foreach (UserId visitor in (await profiles.VisitorsOfAsync(person, cancellationToken)).Where(seen.Add))
            {
                bool isOwn = (await LookAsync(visitor, cancellationToken)).Assigned?.Value == visitor.Value;
                (isOwn ? own : claimed).Add(visitor);
                if (isOwn)
                {
                    open.Enqueue(visitor);
                }
            }
        }

        return (own, claimed);
    }

    private async Task<(bool IsKnown, AssignmentId? Assigned)> LookAsync(UserId user, CancellationToken cancellationToken)
    {
        try
        {
            Versioned<ShopperProfile>? known = await profiles.ReadAsync(user, cancellationToken);
            return (known is not null, known?.Value.Assignment);
        }
        catch (InvalidDataException)
        {
            return (true, null); // damaged, which is no reason to keep it
        }
    }

    private async Task<ErasureDeferredException?> EraseIdAsync(UserId id, Dictionary<string, long> removed, CancellationToken cancellationToken)
    {
        Add(removed, "run_drafts", await runs.ForgetAsync(id, cancellationToken)); // first: a run that goes on removes what it writes after this
        (int queued, ErasureDeferredException? late) = await UnlessDeferredAsync(token => queue.EraseAsync(id, token), cancellationToken); // before the stores, so that nothing comes after
        Add(removed, "queued_events", queued);
        Add(removed, "candidate_lists", await candidates.DeleteUserAsync(id, cancellationToken));
        (IReadOnlyDictionary<string, long>? rows, ErasureDeferredException? fresh) = await UnlessDeferredAsync(token => warehouse.EraseAsync(id, token), cancellationToken);
        foreach ((string table, long count) in rows ?? new Dictionary<string, long>())
        {
            Add(removed, table, count);
        }

        return fresh ?? late;
    }

    private static void Add(Dictionary<string, long> removed, string store, long count) => removed[store] = removed.GetValueOrDefault(store) + count;

    private static async Task<(T? Removed, ErasureDeferredException? Deferred)> UnlessDeferredAsync<T>(Func<CancellationToken, Task<T>> erase, CancellationToken cancellationToken)
    {
        try
        {
            return (await erase(cancellationToken), null);
        }
        catch (ErasureDeferredException deferred)
        {
            return (default, deferred);
        }
    }
}
