using Aisle.GoogleCloud.Firestore;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.GoogleCloud.Tests.Firestore;

/// <summary>Firestore's 500/50/5 rule, by hand.</summary>
public sealed class WriteRampTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(-3, 500)]
    [InlineData(0, 500)]
    [InlineData(4.99, 500)]
    [InlineData(5, 750)]
    [InlineData(10, 1125)]
    [InlineData(40, 10_000)]
    [InlineData(600, 10_000)]
    public void The_rate_grows_by_half_every_five_minutes(double minutes, double rate) =>
        Assert.Equal(rate, WriteRamp.RateAt(TimeSpan.FromMinutes(minutes)));

    [Theory]
    [InlineData(150_000, 5)]
    [InlineData(375_000, 10)]
    [InlineData(10_000_000, 44.35)] // 40 minutes of growth for 7.39 million, the rest at 10,000 a second
    public void A_new_collection_takes_its_time(long documents, double minutes) =>
        Assert.Equal(minutes, WriteRamp.TimeFor(documents).TotalMinutes, tolerance: 0.01);

    [Fact]
    public async Task Writers_wait_for_their_share_of_the_rate()
    {
        FakeTimeProvider clock = new(Some.Instant) { AutoAdvanceAmount = TimeSpan.Zero };
        WriteRamp ramp = new(clock, writers: 2);

        await ramp.WaitAsync(500, Some.Instant, Token);
        Task second = ramp.WaitAsync(1, Some.Instant, Token);

        clock.Advance(TimeSpan.FromSeconds(1.9));
        Assert.False(second.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        await second;
    }
}
