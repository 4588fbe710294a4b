using Aisle.Ports;
using Aisle.Testing.Contracts;
using Aisle.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Redis.Tests;

public sealed class OneRedisServerTests(RedisServer server) : CandidateStoreContract, IDisposable
{
    private readonly RedisShards _shards = server.Shards(1);

    public void Dispose() => _shards.Dispose();

    protected override Task<ICandidateStore> CreateAsync() => Task.FromResult<ICandidateStore>(new RedisCandidateStore(_shards));
}

public sealed class ThreeRedisServersTests(RedisServer server) : CandidateStoreContract, IDisposable
{
    private readonly RedisShards _shards = server.Shards(3);

    public void Dispose() => _shards.Dispose();

    protected override Task<ICandidateStore> CreateAsync() => Task.FromResult<ICandidateStore>(new RedisCandidateStore(_shards));
}

public sealed class CacheBeforeAStoreTests(RedisServer server) : CandidateStoreContract, IDisposable
{
    private readonly RedisShards _shards = server.Shards(2);

    public void Dispose() => _shards.Dispose();

    protected override Task<ICandidateStore> CreateAsync() => Task.FromResult<ICandidateStore>(new CandidateCache(new RedisCandidateStore(_shards), new InMemoryCandidateStore(), new FakeTimeProvider()));
}
