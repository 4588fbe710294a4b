using Aisle.Ports;
using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>Retraining runs in Firestore: one document per run in <c>runs</c>.</summary>
public sealed class FirestoreRunStore : IRunStore
{
    private readonly DocumentSet<Run> _runs;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public FirestoreRunStore(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _runs = new(database.Collection("runs"), RunDocument.Encode, RunDocument.Decode, new BatchWriter(database, clock));
    }

    /// <inheritdoc/>
    public Task<Versioned<Run>?> ReadAsync(string id, CancellationToken cancellationToken) => _runs.ReadAsync(DocumentIds.Readable(id), cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Run>> ReadLatestAsync(int limit, CancellationToken cancellationToken) =>
        [.. (await _runs.ReadAsync(runs => runs.OrderByDescending("started_at").Limit(limit), cancellationToken)).Select(run => run.Value)];

    /// <inheritdoc/>
    public async Task<string?> TryWriteAsync(Run run, string? expectedTag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        return (await _runs.TryWriteAsync([(DocumentIds.Readable(run.Id), run, expectedTag)], cancellationToken))[0];
    }
}
