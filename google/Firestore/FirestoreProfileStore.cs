using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Session features in Firestore: one document per shopper in <c>profiles</c>, its tag the time of its last update.</summary>
public sealed class FirestoreProfileStore : IProfileStore
{
    private readonly DocumentSet<ShopperProfile> _profiles;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestoreProfileStore(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _profiles = new(database.Collection("profiles"), ProfileDocument.Encode, ProfileDocument.Decode, new BatchWriter(database, clock));
    }

    /// <inheritdoc/>
    public Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken) => _profiles.ReadAsync(Id(user), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
        (await _profiles.ReadAsync(users.Select(Id), cancellationToken)).ToDictionary(profile => profile.Value.User);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UserId>> VisitorsOfAsync(UserId user, CancellationToken cancellationToken)
    {
        IReadOnlyList<UserId> last = await _profiles.ReadAsync(profiles => profiles.WhereEqualTo(ProfileDocument.LoginUser, user.Value), ProfileDocument.UserOf, cancellationToken);
        IReadOnlyList<UserId> before = await _profiles.ReadAsync(
            profiles => profiles.WhereArrayContains(ProfileDocument.EarlierLoginUsers, user.Value), ProfileDocument.UserOf, cancellationToken);
        return [.. last.Union(before)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        IReadOnlyList<string?> tags = await _profiles.TryWriteAsync(
            [.. writes.Select(write => (Id(write.Profile.User), write.Profile, write.ExpectedTag))], cancellationToken);
        return [.. writes.Where((_, index) => tags[index] is null).Select(write => write.Profile.User)];
    }

    /// <inheritdoc/>
    public Task DeleteAsync(UserId user, CancellationToken cancellationToken) => _profiles.DeleteAsync([Id(user)], cancellationToken);

    private static string Id(UserId user) => DocumentIds.Hashed(user.Value);
}
