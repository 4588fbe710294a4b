using Aisle.Candidates.Lists;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Redis.Tests;

public sealed class SlowServerTests
{
    private readonly FakeTimeProvider _clock = new();
    private readonly InMemoryCandidateStore _near = new();
    private readonly InMemoryCandidateStore _far = new();
    private readonly CandidateCache _cache;
    private int _asked;

    public SlowServerTests()
    {
        _near.BeforeRead = token =>
        {
            _asked++;
            return Task.Delay(Timeout.InfiniteTimeSpan, token);
        };
        _cache = new CandidateCache(_near, _far, _clock);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cache_that_is_late_leaves_the_store_most_of_a_slates_twenty_milliseconds()
    {
        await _far.WriteAsync("v1", [Some.CandidateList("a", "x")], Token);

        CandidateList? read = await ReadAsync(CandidateCache.Patience);

        Assert.Equal("x", read!.Items[0].Product.Value);
        Assert.InRange(CandidateCache.Patience, TimeSpan.Zero, TimeSpan.FromMilliseconds(20) / 4);
    }

    [Fact]
    public async Task A_cache_that_keeps_being_late_is_left_alone_for_a_while()
    {
        for (int i = 0; i < 20; i++)
        {
            await ReadAsync(CandidateCache.Patience);
        }

        await ReadAsync(TimeSpan.Zero);
        Assert.Equal(20, _asked);

        _clock.Advance(TimeSpan.FromSeconds(6));
        await ReadAsync(CandidateCache.Patience);
        Assert.Equal(21, _asked);
    }

    [Fact]
    public async Task A_caller_who_gives_up_ends_the_read()
    {
        using CancellationTokenSource caller = new();
        Task<CandidateList?> reading = _cache.ReadAsync("v1", Some.User("a"), caller.Token);

        await caller.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    private async Task<CandidateList?> ReadAsync(TimeSpan passing)
    {
        Task<CandidateList?> reading = _cache.ReadAsync("v1", Some.User("a"), Token);
        _clock.Advance(passing);
        return await reading.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }
}
