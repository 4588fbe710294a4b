using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Redis.Tests;

public sealed class AbsentServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_that_is_down_is_named_with_the_remedy_and_erasing_is_refused()
    {
        using RedisShards shards = RedisShards.Connect("127.0.0.1:1", "test");
        RedisCandidateStore store = new(shards);

        StoreUnavailableException down = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync("v1", Some.User(), Token));

        Assert.Contains("AISLE_REDIS", down.Message);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => new CandidateCache(store, new InMemoryCandidateStore(), new FakeTimeProvider()).DeleteUserAsync(Some.User(), Token));
    }

    [Fact]
    public async Task Without_the_cache_lists_are_written_and_read_all_the_same()
    {
        using RedisShards shards = RedisShards.Connect("127.0.0.1:1", "test");
        CandidateCache cache = new(new RedisCandidateStore(shards), new InMemoryCandidateStore(), new FakeTimeProvider());

        await cache.WriteAsync("v1", [Some.CandidateList("a", "x")], Token);

        Assert.Equal("x", (await cache.ReadAsync("v1", Some.User("a"), Token))!.Items[0].Product.Value);
    }

    [Theory]
    [InlineData("localhost:6379,no-such-option=1")]
    [InlineData("password=secret")]
    public void A_configuration_that_is_not_understood_is_refused_at_start(string configuration)
    {
        ServiceCollection services = new();
        services.AddSingleton<ICandidateStore>(new InMemoryCandidateStore());

        InvalidOperationException refused = Assert.Throws<InvalidOperationException>(() => services.AddCandidateCache(configuration));

        Assert.Contains("AISLE_REDIS", refused.Message);
        Assert.DoesNotContain("secret", refused.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(" ")]
    public void Without_a_configuration_the_store_stays_what_it_was(string? configuration)
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider()).AddSingleton<ICandidateStore, InMemoryCandidateStore>();

        using ServiceProvider provider = services.AddCandidateCache(configuration).BuildServiceProvider();

        Assert.IsType<InMemoryCandidateStore>(provider.GetRequiredService<ICandidateStore>());
    }

    [Fact]
    public void With_a_configuration_the_cache_stands_before_the_store()
    {
        ServiceCollection services = new();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider()).AddSingleton<ICandidateStore, InMemoryCandidateStore>();

        using ServiceProvider provider = services.AddCandidateCache("127.0.0.1:1").BuildServiceProvider();

        Assert.IsType<CandidateCache>(provider.GetRequiredService<ICandidateStore>());
    }
}
