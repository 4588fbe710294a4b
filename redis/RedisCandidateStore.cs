using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Storage;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using StackExchange.Redis;

namespace Aisle.Redis;

/// <summary>Candidate lists in Redis or Valkey: per version and bucket one hash, so that a list is one <c>HGET</c> and a version goes with
/// a thousand keys, not millions. Lists that nobody writes again expire after 90 days.</summary>
/// <param name="shards">Where a shopper's lists lie.</param>
public sealed class RedisCandidateStore(RedisShards shards) : ICandidateStore
{
    /// <inheritdoc/>
    public Task WriteAsync(string modelVersion, IReadOnlyList<CandidateList> lists, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lists);
        IEnumerable<Task> writes = lists.GroupBy(list => RedisShards.BucketOf(list.User)).Select(bucket =>
        {
            IDatabase server = shards.ServerOf(bucket.Key);
            RedisKey key = shards.ListsOf(bucket.Key, modelVersion);
            HashEntry[] entries = [.. bucket.Select(list => new HashEntry(list.User.Value, CandidateListBytes.Write(list)))];
            return Task.WhenAll(server.HashSetAsync(key, entries), server.KeyExpireAsync(key, SessionFeatures.TimeToLive));
        });
        return AskAsync(async () =>
        {
            // A version is noted before its first list is there, so that a person can be erased whenever writing breaks off.
            await Task.WhenAll(shards.Servers.Select(server => server.SetAddAsync(shards.Versions, modelVersion)));
            await Task.WhenAll(writes);
            return true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<CandidateList?> ReadAsync(string modelVersion, UserId user, CancellationToken cancellationToken)
    {
        int bucket = RedisShards.BucketOf(user);
        RedisValue found = await AskAsync(() => shards.ServerOf(bucket).HashGetAsync(shards.ListsOf(bucket, modelVersion), user.Value), cancellationToken);
        return found.IsNull ? null : CandidateListBytes.Read(user, ((ReadOnlyMemory<byte>)found).Span);
    }

    /// <inheritdoc/>
    public async Task<ServingManifest?> ReadManifestAsync(CancellationToken cancellationToken)
    {
        RedisValue found = await AskAsync(() => shards.Servers[0].StringGetAsync(shards.Manifest), cancellationToken);
        return found.IsNull ? null : JsonSerializer.Deserialize(((ReadOnlyMemory<byte>)found).Span, CacheJson.Default.ServingManifest);
    }

    /// <inheritdoc/>
    public Task PublishAsync(ServingManifest manifest, CancellationToken cancellationToken) =>
        AskAsync(() => shards.Servers[0].StringSetAsync(shards.Manifest, JsonSerializer.SerializeToUtf8Bytes(manifest, CacheJson.Default.ServingManifest)), cancellationToken);

    /// <inheritdoc/>
    public async Task DropAsync(string modelVersion, CancellationToken cancellationToken)
    {
        if ((await ReadManifestAsync(cancellationToken))?.ModelVersion == modelVersion)
        {
            throw new InvalidOperationException($"The version {modelVersion} serves; promote another one before dropping it.");
        }

        await AskAsync(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, RedisShards.Buckets).Select(bucket => shards.ServerOf(bucket).KeyDeleteAsync(shards.ListsOf(bucket, modelVersion))));
            await Task.WhenAll(shards.Servers.Select(server => server.SetRemoveAsync(shards.Versions, modelVersion)));
            return true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<int> DeleteUserAsync(UserId user, CancellationToken cancellationToken) => AskAsync(
        async () =>
        {
            int bucket = RedisShards.BucketOf(user);
            IDatabase server = shards.ServerOf(bucket);
            RedisValue[] versions = await server.SetMembersAsync(shards.Versions);
            bool[] removed = await Task.WhenAll(versions.Select(version => server.HashDeleteAsync(shards.ListsOf(bucket, version.ToString()), user.Value)));
            return removed.Count(was => was);
        },
        cancellationToken);

    /// <summary>The client takes no token: whoever gives up leaves the call to itself.</summary>
    private static async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await ask().WaitAsync(cancellationToken);
        }
        catch (Exception fault) when (fault is RedisConnectionException or RedisTimeoutException or RedisServerException)
        {
            throw RedisShards.Unavailable(fault);
        }
    }
}
