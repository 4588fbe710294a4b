using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent;

/// <summary>Merges events into their shoppers' documents by compare-and-set.</summary>
/// <param name="profiles">The documents.</param>
public sealed class FeatureUpdater(IProfileStore profiles)
{
    private const int MaxAttempts = 20;

    /// <summary>Brings the documents of all shoppers of a batch up to date; events without a shopper change none.</summary>
    /// <param name="events">As the history keeps them, in any order.</param>
    /// <param name="cancellationToken">Gives up; some documents may have been written.</param>
    /// <exception cref="TimeoutException">Other writers were faster too often.</exception>
    public async Task UpdateAsync(IReadOnlyCollection<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        Dictionary<UserId, List<InteractionEvent>> pending = ByShopper(events);
        for (int attempt = 0; pending.Count > 0; attempt++)
        {
            if (attempt == MaxAttempts)
            {
                throw new TimeoutException($"{pending.Count} session features changed under us {MaxAttempts} times; deliver the batch again.");
            }

            IReadOnlyList<UserId> refused = await TryUpdateAsync(pending, cancellationToken);
            pending = refused.ToDictionary(user => user, user => pending[user]);
        }
    }

    private static Dictionary<UserId, List<InteractionEvent>> ByShopper(IReadOnlyCollection<InteractionEvent> events)
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

        return byShopper;
    }

    private async Task<IReadOnlyList<UserId>> TryUpdateAsync(Dictionary<UserId, List<InteractionEvent>> pending, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, Versioned<ShopperProfile>> known = await profiles.ReadManyAsync(pending.Keys, cancellationToken);
        List<ProfileWrite> writes = new(pending.Count);
        foreach ((UserId user, List<InteractionEvent> events) in pending)
        {
            Versioned<ShopperProfile>? present = known.GetValueOrDefault(user);
            writes.Add(new ProfileWrite(SessionFeatures.Merge(present?.Value, user, events)!, present?.Tag));
        }

        return await profiles.WriteAsync(writes, cancellationToken);
    }
}
