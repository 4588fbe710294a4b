using Aisle.Candidates.Lists;
using Aisle.Events.Features;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;
using StackExchange.Redis;

namespace Aisle.Redis.Tests;

public sealed class RedisCandidateStoreTests(RedisServer server) : IDisposable
{
    private readonly RedisShards _shards = server.Shards(3);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _shards.Dispose();

    [Fact]
    public async Task Shoppers_spread_over_all_servers_and_each_is_found_again()
    {
        RedisCandidateStore store = new(_shards);
        CandidateList[] lists = [.. Enumerable.Range(0, 600).Select(i => Some.CandidateList($"user-{i}", $"p{i}"))];

        await store.WriteAsync("v1", lists, Token);

        long[] keys = [.. await Task.WhenAll(_shards.Servers.Select(async one => (long)await one.ExecuteAsync("DBSIZE")))];
        Assert.All(keys, count => Assert.InRange(count, 100, 300)); // of about 460 buckets, a third each
        foreach (CandidateList list in lists)
        {
            Assert.Equal(list.Items[0].Product, (await store.ReadAsync("v1", list.User, Token))!.Items[0].Product);
        }
    }

    [Fact]
    public async Task A_dropped_version_leaves_nothing_behind()
    {
        RedisCandidateStore store = new(_shards);
        await store.WriteAsync("v1", [.. Enumerable.Range(0, 100).Select(i => Some.CandidateList($"user-{i}"))], Token);

        await store.DropAsync("v1", Token);

        foreach (IDatabase one in _shards.Servers)
        {
            Assert.Equal(0, (int)await one.ExecuteAsync("DBSIZE"));
        }
    }

    [Fact]
    public async Task Lists_that_nobody_renews_expire_after_the_time_of_retention()
    {
        RedisCandidateStore store = new(_shards);
        await store.WriteAsync("v1", [Some.CandidateList("a")], Token);
        int bucket = RedisShards.BucketOf(Some.User("a"));

        TimeSpan? left = await _shards.ServerOf(bucket).KeyTimeToLiveAsync(_shards.ListsOf(bucket, "v1"));

        Assert.InRange(left!.Value, SessionFeatures.TimeToLive - TimeSpan.FromMinutes(5), SessionFeatures.TimeToLive);
    }

    [Fact]
    public async Task Damaged_bytes_are_named_and_the_cache_passes_them_over()
    {
        RedisCandidateStore near = new(_shards);
        Aisle.Testing.Fakes.InMemoryCandidateStore far = new();
        CandidateCache cache = new(near, far, new FakeTimeProvider());
        await cache.WriteAsync("v1", [Some.CandidateList("a", "x")], Token);
        int bucket = RedisShards.BucketOf(Some.User("a"));
        await _shards.ServerOf(bucket).HashSetAsync(_shards.ListsOf(bucket, "v1"), "a", new byte[] { 1, 0, 7 });

        await Assert.ThrowsAsync<InvalidDataException>(() => near.ReadAsync("v1", Some.User("a"), Token));
        Assert.Equal("x", (await cache.ReadAsync("v1", Some.User("a"), Token))!.Items[0].Product.Value);
    }

    [Fact]
    public async Task What_is_in_the_cache_is_not_asked_of_the_store()
    {
        Aisle.Testing.Fakes.InMemoryCandidateStore far = new() { BeforeRead = _ => throw new InvalidOperationException("asked") };
        CandidateCache cache = new(new RedisCandidateStore(_shards), far, new FakeTimeProvider());
        await cache.WriteAsync("v1", [Some.CandidateList("a", "x")], Token);

        Assert.NotNull(await cache.ReadAsync("v1", Some.User("a"), Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.ReadAsync("v1", Some.User("b"), Token));
    }
}
