using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;

namespace Aisle.IngestEvent.Features;

/// <summary>Makes an anonymous visitor a known user: the visitor's session features move to the user, those of events that are still under
/// way too, and so does the id that experiments assign by.</summary>
/// <param name="profiles">The session features.</param>
/// <param name="clock">Stamps the login.</param>
public sealed class IdentityMerger(IProfileStore profiles, TimeProvider clock)
{
    private const int MaxAttempts = 20;

    /// <summary>Merges the visitor into the user. Doing it again changes nothing.</summary>
    /// <remarks>The key of the shop's pages stands there for all to read, so whoever it names as a visitor may be a customer: a shopper who
    /// was logged in as, whose events came under another visitor's assignment, or who bought under none. Such a document stays where it is.
    /// A visitor whose own id is the assignment is a visitor, also after a purchase as a guest.</remarks>
    /// <param name="visitor">The pseudonym before login.</param>
    /// <param name="user">The pseudonym after login.</param>
    /// <param name="isTrusted">Whether the shop itself asks: then a visitor who bought as a guest is merged too,
    /// and so is whoever else it names.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False when the visitor is a customer, and nothing was changed.</returns>
    /// <exception cref="TimeoutException">Other writers were faster too often; try again.</exception>
    public async Task<bool> MergeAsync(UserId visitor, UserId user, bool isTrusted, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            Versioned<ShopperProfile>? before = await profiles.ReadAsync(visitor, cancellationToken);
            if (!isTrusted && IsCustomer(before?.Value))
            {
                return false;
            }

            Versioned<ShopperProfile>? known = await profiles.ReadAsync(user, cancellationToken);
            ShopperProfile merged = SessionFeatures.Combine(user, known?.Value, Assigned(before?.Value, visitor))! with { IsUser = true };
            if ((await profiles.WriteAsync([new ProfileWrite(merged, known?.Tag)], cancellationToken)).Count == 0
                && (await profiles.WriteAsync([new ProfileWrite(Left(visitor, user, before?.Value, isTrusted || before is null || IsOfBrowser(before.Value)), before?.Tag)], cancellationToken)).Count == 0)
            {
                return true;
            }
        }

        throw new TimeoutException("The user's features changed under us too often; send the identity again.");
    }

    private static bool IsCustomer(ShopperProfile? profile) => profile is not null
        && (profile.IsUser
            || (profile.Assignment is { } assignment ? assignment.Value != profile.User.Value : profile.Purchased.Count > 0 || profile.PurchaseCount30Days > 0));

    /// <summary>What stays under the visitor's id: where the events go that happened before the login and come later. When the visitor's
    /// document changed meanwhile, all is merged again. Its own assignment says that the id was the person's indeed, which an erasure goes by;
    /// so it does of an id that nobody had: a browser that is new logs in before its first act is ingested.</summary>
    private ShopperProfile Left(UserId visitor, UserId user, ShopperProfile? before, bool isOwn)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ShopperProfile left = new()
        {
            User = visitor,
            Login = new Login(user, now),
            EarlierLogins = EarlierLogins(before, user, now),
            NewestEventAt = now,
            ExpiresAt = now + SessionFeatures.TimeToLive,
        };
        return isOwn ? Assigned(left, visitor) : left;
    }

    /// <summary>Whom the visitor has been before: an erasure of each must find the visitor.</summary>
    private static Login[] EarlierLogins(ShopperProfile? before, UserId user, DateTimeOffset now) => before is null
        ? []
        : [.. (before.Login is { } last ? before.EarlierLogins.Prepend(last) : before.EarlierLogins)
            .Where(login => login.User != user && now - login.At < SessionFeatures.TimeToLive)
            .Take(SessionFeatures.EarlierLoginCapacity)];

    /// <summary>Whether the visitor's own acts assigned by the visitor's id, as the browser script's do.</summary>
    private static bool IsOfBrowser(ShopperProfile? profile) => profile?.Assignment is { } assignment && assignment.Value == profile.User.Value;

    /// <summary>The visitor's document, naming the visitor as the id to assign by unless an earlier one is known.</summary>
    private ShopperProfile Assigned(ShopperProfile? visitor, UserId id)
    {
        DateTimeOffset now = clock.GetUtcNow();
        ShopperProfile profile = visitor ?? new ShopperProfile { User = id, NewestEventAt = now, ExpiresAt = now + SessionFeatures.TimeToLive };
        if (profile.Assignment is not null && profile.Login is null)
        {
            return profile;
        }

        DateTimeOffset first = profile.Recent.Count > 0 ? profile.Recent[0].OccurredAt : now;
        return profile with { Assignment = new AssignmentId(id.Value), AssignmentStamp = new EventStamp(first, new EventId("login")) };
    }
}
