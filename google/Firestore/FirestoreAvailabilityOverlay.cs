using Aisle.Catalogue;
using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Price and stock changes in Firestore: the latest of each product in <c>availability</c>, numbered by a counter in the same
/// transaction, so that whoever reads a version has read every lower one.</summary>
/// <remarks>The counter is one document, which takes about one transaction a second; calls that come together
/// share one, of up to 300 products.</remarks>
public sealed class FirestoreAvailabilityOverlay : IAvailabilityOverlay, IDisposable
{
    private const int ChangesPerTransaction = 300;

    private static readonly TransactionOptions Patient = TransactionOptions.ForMaxAttempts(20);

    private readonly FirestoreDb _database;
    private readonly CollectionReference _changes;
    private readonly DocumentReference _counter;
    private readonly GroupCommit<Availability> _together;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    public FirestoreAvailabilityOverlay(FirestoreDb database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        _changes = database.Collection("availability");
        _counter = database.Document("serving/availability");
        _together = new GroupCommit<Availability>(CommitAsync);
    }

    /// <inheritdoc/>
    public async Task RecordAsync(IReadOnlyList<Availability> changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Count > 0)
        {
            await _together.CommitAsync(changes, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Availability>> ReadSinceAsync(long afterVersion, CancellationToken cancellationToken)
    {
        QuerySnapshot found = await _changes.WhereGreaterThan("version", afterVersion).OrderBy("version").GetSnapshotAsync(cancellationToken);
        return [.. found.Documents.Select(change => AvailabilityDocument.Decode(DocumentFields.Of(change)))];
    }

    /// <inheritdoc/>
    public void Dispose() => _together.Dispose();

    /// <summary>Not to be given up by one caller, since others wait for it too.</summary>
    private async Task CommitAsync(IReadOnlyList<Availability> changes, CancellationToken cancellationToken)
    {
        foreach (Availability[] chunk in changes.Reverse().DistinctBy(change => change.Product).Reverse().Chunk(ChangesPerTransaction))
        {
            await _database.RunTransactionAsync(transaction => NumberAsync(transaction, chunk, cancellationToken), Patient, cancellationToken);
        }
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
