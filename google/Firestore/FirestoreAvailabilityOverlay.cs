using Aisle.Catalogue;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Price and stock changes in Firestore: the latest of each product in <c>availability</c>, numbered by a counter in the same transaction,
/// so that whoever reads a version has read every lower one.</summary>
/// <remarks>The counter is one document: a sustained rate above about one call a second queues up. A call may bring many changes.</remarks>
/// <param name="database">One per process; it is safe to share.</param>
public sealed class FirestoreAvailabilityOverlay(FirestoreDb database) : IAvailabilityOverlay
{
    private const int ChangesPerTransaction = 300;

    private static readonly TransactionOptions Patient = TransactionOptions.ForMaxAttempts(20);

    private readonly CollectionReference _changes = database.Collection("availability");
    private readonly DocumentReference _counter = database.Document("serving/availability");

    /// <inheritdoc/>
    public async Task RecordAsync(IReadOnlyList<Availability> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (Availability[] chunk in changes.Reverse().DistinctBy(change => change.Product).Reverse().Chunk(ChangesPerTransaction))
        {
            await database.RunTransactionAsync(transaction => NumberAsync(transaction, chunk, cancellationToken), Patient, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Availability>> ReadSinceAsync(long afterVersion, CancellationToken cancellationToken)
    {
        QuerySnapshot found = await _changes.WhereGreaterThan("version", afterVersion).OrderBy("version").GetSnapshotAsync(cancellationToken);
        return [.. found.Documents.Select(change => AvailabilityDocument.Decode(DocumentFields.Of(change)))];
    }

    private async Task NumberAsync(Transaction transaction, Availability[] changes, CancellationToken cancellationToken)
    {
        DocumentSnapshot counter = await transaction.GetSnapshotAsync(_counter, cancellationToken);
        long version = counter.Exists ? DocumentFields.Of(counter).Whole("last_version") : 0;
        foreach (Availability change in changes)
        {
            transaction.Set(_changes.Document(DocumentIds.Hashed(change.Product.Value)), AvailabilityDocument.Encode(change with { Version = ++version }));
        }

        transaction.Set(_counter, new Dictionary<string, object?> { ["last_version"] = version });
    }
}
