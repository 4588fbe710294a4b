using Google.Cloud.Firestore;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How far each shard of a version's lists is: one small document a shard, beside the lists.</summary>
public sealed class FirestoreShardLedger
{
    private readonly CollectionReference _versions;
    private readonly BatchWriter _writer;
    private readonly TimeProvider _clock;

    /// <summary>Uses a database.</summary>
    /// <param name="database">One per process; it is safe to share.</param>
    /// <param name="clock">The time.</param>
    public FirestoreShardLedger(FirestoreDb database, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(database);
        _versions = database.Collection("candidates");
        _writer = new BatchWriter(database, clock);
        _clock = clock;
    }

    /// <summary>The shards of a version that were begun.</summary>
    public async Task<IReadOnlyDictionary<int, ShardRecord>> ReadAsync(string modelVersion, CancellationToken cancellationToken)
    {
        QuerySnapshot found = await Shards(modelVersion).GetSnapshotAsync(cancellationToken);
        return found.Documents.Select(document => Decode(DocumentFields.Of(document))).ToDictionary(shard => shard.Shard);
    }

    /// <summary>One shard; one that was never begun has written nothing.</summary>
    public async Task<ShardRecord> ReadAsync(string modelVersion, int shard, CancellationToken cancellationToken)
    {
        DocumentSnapshot snapshot = await Shards(modelVersion).Document(DocumentIds.Hashed(Name(shard))).GetSnapshotAsync(cancellationToken);
        return snapshot.Exists ? Decode(DocumentFields.Of(snapshot)) : new ShardRecord(shard, Written: 0, IsDone: false, _clock.GetUtcNow());
    }

    /// <summary>Records how far shards are.</summary>
    public async Task WriteAsync(string modelVersion, IEnumerable<ShardRecord> shards, CancellationToken cancellationToken) =>
        await _writer.WriteAsync([.. shards.Select(shard => Writes.Put(Shards(modelVersion).Document(DocumentIds.Hashed(Name(shard.Shard))), Encode(shard)))], cancellationToken);

    private static Dictionary<string, object?> Encode(ShardRecord shard) => new()
    {
        ["shard"] = shard.Shard,
        ["written"] = shard.Written,
        ["done"] = shard.IsDone,
        ["changed_at"] = shard.ChangedAt,
    };

    private static ShardRecord Decode(DocumentFields document) => new(
        checked((int)document.Whole("shard")), checked((int)document.Whole("written")), document.TruthOrNull("done") == true, document.Instant("changed_at"));

    private static string Name(int shard) => FormattableString.Invariant($"shard {shard}");

    private CollectionReference Shards(string modelVersion) => _versions.Document(DocumentIds.Readable(modelVersion)).Collection("shards");
}
