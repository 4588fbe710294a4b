using System.Collections.Concurrent;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Candidate lists in Firestore: <c>candidates/{version}/lists/{user}</c>, so that a version can be written, read and dropped
/// without touching another, and the pointer in <c>serving/manifest</c>.</summary>
public sealed class FirestoreCandidateStore : ICandidateStore
{
    private const int DropBatch = 500;

    private readonly CollectionReference _versions;
    private readonly DocumentReference _manifest;
    private readonly BatchWriter _writer;
    private readonly WriteRamp _ramp;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _begun = new(StringComparer.Ordinal);

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting is measured by.</param>
    /// <param name="writers">How many processes write lists at once, positive; they share the rate of <see cref="WriteRamp"/>.</param>
    public FirestoreCandidateStore(FirestoreDb database, TimeProvider clock, int writers)
    {
        ArgumentNullException.ThrowIfNull(database);
        _versions = database.Collection("candidates");
        _manifest = database.Document("serving/manifest");
        _writer = new BatchWriter(database, clock);
        _ramp = new WriteRamp(clock, writers);
        _clock = clock;
    }

    /// <inheritdoc/>
    public async Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lists);
        CandidateList[] last = [.. lists.Reverse().DistinctBy(list => list.User)];
        await _ramp.WaitAsync(last.Length, await BeginAsync(modelVersion, cancellationToken), cancellationToken);
        await _writer.WriteAsync([.. last.Select(list => Writes.Put(List(modelVersion, list.User), CandidateDocument.Encode(modelVersion, list)))], cancellationToken);
    }

    /// <summary>Announces a version, once, so that it can be found when a person is erased.</summary>
    /// <returns>When it was announced first, by whichever process.</returns>
    private async Task<DateTimeOffset> BeginAsync(string modelVersion, CancellationToken cancellationToken)
    {
        if (!_begun.TryGetValue(modelVersion, out DateTimeOffset begunAt))
        {
            Dictionary<string, object?> version = new() { ["model_version"] = modelVersion };
            await _writer.WriteAsync([Writes.Put(Version(modelVersion), version)], cancellationToken);
            DocumentSnapshot announced = await Version(modelVersion).GetSnapshotAsync(cancellationToken);
            begunAt = announced.CreateTime!.Value.ToDateTimeOffset();
            _begun[modelVersion] = begunAt;
        }

        return begunAt;
    }

    /// <inheritdoc/>
    public async Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken)
    {
        DocumentSnapshot snapshot = await List(modelVersion, user).GetSnapshotAsync(cancellationToken);
        return snapshot.Exists ? CandidateDocument.Live(DocumentFields.Of(snapshot), _clock.GetUtcNow()) : null;
    }

    /// <inheritdoc/>
    public async Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        DocumentSnapshot snapshot = await _manifest.GetSnapshotAsync(cancellationToken);
        return snapshot.Exists ? ManifestDocument.Decode(DocumentFields.Of(snapshot)) : null;
    }

    /// <inheritdoc/>
    public Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return _writer.WriteAsync([Writes.Put(_manifest, ManifestDocument.Encode(manifest))], cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DropAsync(string modelVersion, CancellationToken cancellationToken)
    {
        ServingManifest? manifest = await ReadManifestAsync(cancellationToken);
        if (manifest?.ModelVersion == modelVersion)
        {
            throw new InvalidOperationException($"The model version {modelVersion} serves; publish another before dropping its lists.");
        }

        _begun.TryRemove(modelVersion, out _);
        foreach (string parts in (string[])["lists", "shards"])
        {
            await ClearAsync(Version(modelVersion).Collection(parts), cancellationToken);
        }

        await _writer.WriteAsync([Writes.Delete(Version(modelVersion))], cancellationToken);
    }

    /// <summary>Each page begins after the last: a query from the front would read over the marks that ten million deletions leave.</summary>
    private async Task ClearAsync(CollectionReference documents, CancellationToken cancellationToken)
    {
        Query page = documents.OrderBy(FieldPath.DocumentId).Select(FieldPath.DocumentId).Limit(DropBatch);
        QuerySnapshot found = await page.GetSnapshotAsync(cancellationToken);
        while (found.Count > 0)
        {
            await DeleteAsync(found.Documents, cancellationToken);
            found = await page.StartAfter(found.Documents[^1].Id).GetSnapshotAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken)
    {
        QuerySnapshot versions = await _versions.Select(FieldPath.DocumentId).GetSnapshotAsync(cancellationToken);
        if (versions.Count == 0)
        {
            return 0;
        }

        IList<DocumentSnapshot> lists = await _versions.Database.GetAllSnapshotsAsync(
            versions.Documents.Select(version => version.Reference.Collection("lists").Document(DocumentIds.Hashed(user.Value))),
            new FieldMask("user_id"),
            cancellationToken);
        DocumentSnapshot[] found = [.. lists.Where(list => list.Exists)];
        await DeleteAsync(found, cancellationToken);
        return found.Length;
    }

    private async Task DeleteAsync(IReadOnlyList<DocumentSnapshot> documents, CancellationToken cancellationToken) =>
        await _writer.WriteAsync([.. documents.Select(document => Writes.Delete(document.Reference))], cancellationToken);

    private DocumentReference Version(string modelVersion) => _versions.Document(DocumentIds.Readable(modelVersion));

    private DocumentReference List(string modelVersion, UserId user) =>
        Version(modelVersion).Collection("lists").Document(DocumentIds.Hashed(user.Value));
}
