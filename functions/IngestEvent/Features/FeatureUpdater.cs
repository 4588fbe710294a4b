using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.IngestEvent.Features;

/// <summary>Merges events into their shoppers' documents by compare-and-set.</summary>
/// <param name="profiles">The documents.</param>
public sealed class FeatureUpdater(IProfileStore profiles)
{
    private const int MaxAttempts = 20;

    /// <summary>A visitor's events go to the user of the login, who may be a visitor of another login; a circle
    /// of logins ends somewhere.</summary>
    private const int MaxMoves = 3;

    /// <summary>Brings the documents of all shoppers of a batch up to date; events without a shopper change none.</summary>
    /// <param name="events">As the history keeps them, in any order.</param>
    /// <param name="restated">The shoppers from whose history something was taken away: their documents are made anew.</param>
    /// <param name="cancellationToken">Gives up; some documents may have been written.</param>
    /// <exception cref="TimeoutException">Other writers were faster too often.</exception>
    public async Task UpdateAsync(
        IReadOnlyCollection<InteractionEvent> events, IReadOnlyCollection<RestatedHistory> restated, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(restated);
        Dictionary<UserId, FeatureChange> pending = ByShopper(events);
        foreach (RestatedHistory history in restated)
        {
            pending[history.User] = new FeatureChange(history.Events, history.Withdrawn);
        }

        for (int attempt = 0; pending.Count > 0; attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new TimeoutException($"{pending.Count} session features changed under us {MaxAttempts} times; deliver the batch again.");
            }

            pending = await TryUpdateAsync(pending, mayMove: attempt < MaxMoves, cancellationToken);
        }
    }

    private static Dictionary<UserId, FeatureChange> ByShopper(IReadOnlyCollection<InteractionEvent> events)
    {
        Dictionary<UserId, List<InteractionEvent>> byShopper = [];
        foreach (InteractionEvent e in events)
        {
            if (e.User is { } user)
            {
                if (!byShopper.TryGetValue(user, out List<InteractionEvent>? list))
                {
                    byShopper.Add(user, list = []);
                }

                list.Add(e);
            }
        }

        return byShopper.ToDictionary(shopper => shopper.Key, shopper => new FeatureChange(shopper.Value, null));
    }

    /// <returns>What is still to be done: what was refused, and what belongs to another shopper.</returns>
    private async Task<Dictionary<UserId, FeatureChange>> TryUpdateAsync(Dictionary<UserId, FeatureChange> pending, bool mayMove, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(pending.Keys, cancellationToken);
        List<ProfileWrite> writes = new(pending.Count);
        Dictionary<UserId, FeatureChange> left = [];
        foreach ((UserId user, FeatureChange change) in pending)
        {
            Versioned<ShopperProfile>? present = known.GetValueOrDefault(user);
            FeatureChange own = change;
            if (mayMove && present?.Value.Login is { } login)
            {
                (own, FeatureChange moved) = change.SplitAt(login.At);
                Add(left, login.User, moved);
            }

            if (!own.IsEmpty && own.ApplyTo(present?.Value, user) is { } changed)
            {
                writes.Add(new ProfileWrite(changed, present?.Tag));
            }
        }

        foreach (UserId refused in await profiles.WriteAsync(writes, cancellationToken))
        {
            Add(left, refused, pending[refused]);
        }

        return left;
    }

    private static void Add(Dictionary<UserId, FeatureChange> changes, UserId user, FeatureChange change)
    {
        if (!change.IsEmpty)
        {
            changes[user] = changes.TryGetValue(user, out FeatureChange other) ? other.With(change) : change;
        }
    }
}
