namespace Aisle.GoogleCloud.Firestore;

/// <summary>How far one shard of a version's lists is.</summary>
/// <param name="Shard">Which, from 0.</param>
/// <param name="Written">How many of its lists are written, in their order: where a repetition goes on.</param>
/// <param name="IsDone">Whether all are.</param>
/// <param name="ChangedAt">When this was recorded, UTC.</param>
public sealed record ShardRecord(int Shard, int Written, bool IsDone, DateTimeOffset ChangedAt);
