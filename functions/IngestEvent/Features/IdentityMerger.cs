using Aisle.Events;
using Aisle.Ports;

namespace Aisle.IngestEvent.Features;

/// <summary>Makes an anonymous visitor a known user: the visitor's session features move to the user, those of events that are still under way too, and so does the id that experiments assign by.</summary>
/// <param name="profiles">The session features.</param>
/// <param name="clock">Stamps the login.</param>
public sealed class IdentityMerger(IProfileStore profiles, TimeProvider clock)
{
    private const int MaxAttempts = 20;

    /// <summary>Merges the visitor into the user. Doing it again changes nothing.</summary>
    /// <param name="visitor">The pseudonym before login.</param>
    /// <param name="user">The pseudonym after login.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The id that experiments go on assigning by.</returns>
    /// <exception cref="TimeoutException">Other writers were faster too often; try again.</exception>
    public async Task<AssignmentId> MergeAsync(UserId visitor, UserId user, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Versioned<ShopperProfile>? before = await profiles.ReadAsync(visitor, cancellationToken);
            Versioned<ShopperProfile>? known = await profiles.ReadAsync(user, cancellationToken);
            ShopperProfile merged = SessionFeatures.Combine(user, known?.Value, Assigned(before?.Value, visitor))!;
            if ((await profiles.WriteAsync([new ProfileWrite(merged, known?.Tag)], cancellationToken)).Count == 0
                && (await profiles.WriteAsync([new ProfileWrite(Left(visitor, user), before?.Tag)], cancellationToken)).Count == 0)
            {
                return merged.Assignment!.Value;
            }
        }

        throw new TimeoutException("The user's features changed under us too often; send the identity again.");
    }

    /// <summary>What stays under the visitor's id: where the events go that happened before the login and come later. When the visitor's document changed meanwhile, all is merged again.</summary>
    private ShopperProfile Left(UserId visitor, UserId user)
    {
        DateTimeOffset now = clock.GetUtcNow();
        return new ShopperProfile { User = visitor, Login = new Login(user, now), NewestEventAt = now, ExpiresAt = now + SessionFeatures.TimeToLive };
    }

    /// <summary>The visitor's document, naming the visitor as the id to assign by unless an earlier one is known.</summary>
    private ShopperProfile Assigned(ShopperProfile? visitor, UserId id)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ShopperProfile profile = visitor ?? new ShopperProfile { User = id, NewestEventAt = now, ExpiresAt = now + SessionFeatures.TimeToLive };
        if (profile.Assignment is not null)
        {
            return profile;
        }

        DateTimeOffset first = profile.Recent.Count > 0 ? profile.Recent[0].OccurredAt : now;
        return profile with { Assignment = new AssignmentId(id.Value), AssignmentStamp = new EventStamp(first, new EventId("login")) };
    }
}
