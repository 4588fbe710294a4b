using Aisle.Events;
using Aisle.Events.Features;

namespace Aisle.Ports;

/// <summary>One small document per shopper, changed only by compare-and-set.</summary>
public interface IProfileStore
{
    /// <summary>The document, or null when there is none. An expired document may still come back: the reader checks <see cref="ShopperProfile.ExpiresAt"/>.</summary>
    Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>The documents of several shoppers; those without one are absent.</summary>
    Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken);

    /// <summary>The visitors who logged in as a user, last or before (<see cref="ShopperProfile.HasLoggedInAs"/>), in no order; for erasure alone, for it may look at every document.</summary>
    Task<IReadOnlyList<UserId>> VisitorsOfAsync(UserId user, CancellationToken cancellationToken);

    /// <summary>Writes each document whose tag still holds.</summary>
    /// <returns>The users whose write was refused because somebody else was faster: read again and retry.</returns>
    Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken);

    /// <summary>Removes a shopper's document; nothing happens when there is none.</summary>
    Task DeleteAsync(UserId user, CancellationToken cancellationToken);
}
