using Aisle.Events;
using Aisle.Ports;
using Google.Cloud.Firestore;
using Google.Cloud.Firestore.V1;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Session features in Firestore: one document per shopper in <c>profiles</c>, its tag the time of its last update.</summary>
public sealed class FirestoreProfileStore : IProfileStore
{
    private readonly CollectionReference _profiles;
    private readonly BatchWriter _writer;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestoreProfileStore(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _profiles = database.Collection("profiles");
        _writer = new BatchWriter(database, clock);
    }

    /// <inheritdoc/>
    public async Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken)
    {
        DocumentSnapshot snapshot = await Document(user).GetSnapshotAsync(cancellationToken);
        return snapshot.Exists ? Decode(snapshot) : null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(
        IReadOnlyCollection<UserId> users, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(users);
        IList<DocumentSnapshot> snapshots = users.Count == 0
            ? []
            : await _profiles.Database.GetAllSnapshotsAsync(users.Distinct().Select(Document), cancellationToken);
        return snapshots.Where(snapshot => snapshot.Exists).Select(Decode).ToDictionary(profile => profile.Value.User);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(writes);
        Write[] batch = [.. writes.Select(write => Writes.Put(Document(write.Profile.User), ProfileDocument.Encode(write.Profile), write.ExpectedTag))];
        IReadOnlyList<string?> results = await _writer.WriteAsync(batch, cancellationToken);
        return [.. writes.Where((_, index) => results[index] is null).Select(write => write.Profile.User)];
    }

    /// <inheritdoc/>
    public Task DeleteAsync(UserId user, CancellationToken cancellationToken) => _writer.WriteAsync([Writes.Delete(Document(user))], cancellationToken);

    private DocumentReference Document(UserId user) => _profiles.Document(DocumentIds.Hashed(user.Value));

    private static Versioned<ShopperProfile> Decode(DocumentSnapshot snapshot) =>
        new(ProfileDocument.Decode(DocumentFields.Of(snapshot)), DocumentTags.Of(snapshot));
}
