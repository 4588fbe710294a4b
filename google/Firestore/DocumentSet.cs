using Aisle.Ports;
using Google.Cloud.Firestore;
using Google.Cloud.Firestore.V1;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>The documents of one collection, each with its tag: read by id, written whole, conditionally or not.</summary>
/// <param name="documents">The collection.</param>
/// <param name="encode">All fields of a value.</param>
/// <param name="decode">The value of a document.</param>
/// <param name="writer">Writes.</param>
internal sealed class DocumentSet<T>(
    CollectionReference documents, Func<T, Dictionary<string, object?>> encode, Func<DocumentFields, T> decode, BatchWriter writer)
{
    /// <summary>One document, or null when there is none of this id.</summary>
    public async Task<Versioned<T>?> ReadAsync(string id, CancellationToken cancellationToken) =>
        Decode(await documents.Document(id).GetSnapshotAsync(cancellationToken));

    /// <summary>Those of the documents that exist, in the order of the ids.</summary>
    public async Task<IReadOnlyList<Versioned<T>>> ReadAsync(IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        DocumentReference[] references = [.. ids.Distinct().Select(documents.Document)];
        return references.Length == 0
            ? []
            : [.. (await documents.Database.GetAllSnapshotsAsync(references, cancellationToken)).Select(Decode).OfType<Versioned<T>>()];
    }

    /// <summary>The documents that a query of the collection finds, in its order.</summary>
    public async Task<IReadOnlyList<Versioned<T>>> ReadAsync(Func<CollectionReference, Query> query, CancellationToken cancellationToken) =>
        [.. (await query(documents).GetSnapshotAsync(cancellationToken)).Documents.Select(Decode).OfType<Versioned<T>>()];

    /// <summary>A part of each document that a query of the collection finds, in its order: the rest of a document may be damaged.</summary>
    public async Task<IReadOnlyList<TPart>> ReadAsync<TPart>(
        Func<CollectionReference, Query> query, Func<DocumentFields, TPart> part, CancellationToken cancellationToken) =>
        [.. (await query(documents).GetSnapshotAsync(cancellationToken)).Documents.Select(found => part(DocumentFields.Of(found)))];

    /// <summary>Writes each document whose tag still holds; null means that there must be none yet. Of two writes of one
    /// document the second cannot hold.</summary>
    /// <returns>For each write its new tag, or null when it was refused.</returns>
    public async Task<IReadOnlyList<string?>> TryWriteAsync(IReadOnlyList<(string Id, T Value, string? Tag)> writes, CancellationToken cancellationToken)
    {
        int[] firsts = [.. Enumerable.Range(0, writes.Count).DistinctBy(index => writes[index].Id)];
        Write[] batch = [.. firsts.Select(index => Writes.Put(documents.Document(writes[index].Id), encode(writes[index].Value), writes[index].Tag))];
        IReadOnlyList<string?> written = await writer.WriteAsync(batch, cancellationToken);
        string?[] tags = new string?[writes.Count];
        foreach ((int index, string? tag) in firsts.Zip(written))
        {
            tags[index] = tag;
        }

        return tags;
    }

    /// <summary>Writes documents whatever was there; of two writes of one document the last counts.</summary>
    public async Task WriteAsync(IEnumerable<(string Id, T Value)> writes, CancellationToken cancellationToken) => await writer.WriteAsync(
        [.. writes.Reverse().DistinctBy(write => write.Id).Select(write => Writes.Put(documents.Document(write.Id), encode(write.Value)))], cancellationToken);

    /// <summary>Removes documents; those that do not exist are ignored.</summary>
    public async Task DeleteAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        await writer.WriteAsync([.. ids.Distinct().Select(id => Writes.Delete(documents.Document(id)))], cancellationToken);

    /// <summary>Removes one document if its tag still holds.</summary>
    /// <returns>False when it does not, or there is no such document.</returns>
    public async Task<bool> TryDeleteAsync(string id, string expectedTag, CancellationToken cancellationToken) =>
        (await writer.WriteAsync([Writes.Delete(documents.Document(id), expectedTag)], cancellationToken))[0] is not null;

    private Versioned<T>? Decode(DocumentSnapshot snapshot) =>
        snapshot.Exists ? new Versioned<T>(decode(DocumentFields.Of(snapshot)), DocumentTags.Of(snapshot)) : null;
}
