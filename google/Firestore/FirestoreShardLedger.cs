using Aisle.Ports;
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
    public async Task<IReadOnlyDictionary<int, Versioned<ShardRecord>>> ReadAsync(string modelVersion, CancellationToken cancellationToken) =>
        (await Shards(modelVersion).ReadAsync(all => all, cancellationToken)).ToDictionary(shard => shard.Value.Shard);

    /// <summary>One shard; one that was never begun has written nothing.</summary>
    public async Task<ShardRecord> ReadAsync(string modelVersion, int shard, CancellationToken cancellationToken) =>
        (await Shards(modelVersion).ReadAsync(Id(shard), cancellationToken))?.Value ?? new ShardRecord(shard, Written: 0, IsDone: false, _clock.GetUtcNow());

    /// <summary>Records how far shards are.</summary>
    public Task WriteAsync(string modelVersion, IEnumerable<ShardRecord> shards, CancellationToken cancellationToken) =>
        Shards(modelVersion).WriteAsync(shards.Select(shard => (Id(shard.Shard), shard)), cancellationToken);

    /// <summary>Records that shards were handed out; where a worker was quicker and wrote meanwhile how far it is, that stays.</summary>
    /// <param name="modelVersion">The version.</param>
    /// <param name="shards">Each with the tag it was read under, or null when it was not begun.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task HandOutAsync(string modelVersion, IEnumerable<(ShardRecord Shard, string? Tag)> shards, CancellationToken cancellationToken) =>
        Shards(modelVersion).TryWriteAsync([.. shards.Select(handed => (Id(handed.Shard.Shard), handed.Shard, handed.Tag))], cancellationToken);

    private static Dictionary<string, object?> Encode(ShardRecord shard) => new()
    {
        ["shard"] = shard.Shard,
        ["written"] = shard.Written,
        ["done"] = shard.IsDone,
        ["changed_at"] = shard.ChangedAt,
    };

    private static ShardRecord Decode(DocumentFields document) => new(
        checked((int)document.Whole("shard")), checked((int)document.Whole("written")), document.TruthOrNull("done") == true, document.Instant("changed_at"));

    private static string Id(int shard) => DocumentIds.Hashed(FormattableString.Invariant($"shard {shard}"));

    private DocumentSet<ShardRecord> Shards(string modelVersion) =>
        new(_versions.Document(DocumentIds.Readable(modelVersion)).Collection("shards"), Encode, Decode, _writer);
}
