using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

public sealed class FreshnessGuardTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(35, 59, false)]
    [InlineData(36, 1, true)]
    public async Task A_model_is_stale_beyond_36_hours_since_its_newest_event(int hours, int minutes, bool isStale)
    {
        await using World world = new();
        await PublishAsync(world, world.Clock.GetUtcNow() - new TimeSpan(hours, minutes, 0));

        Assert.Equal(isStale, (await world.Guard.CheckAsync(Token)).IsStale);
    }

    [Fact]
    public async Task An_episode_raises_one_alert_and_its_end_one_recovery()
    {
        await using World world = new();
        await world.Guard.CheckAsync(Token); // no model at all
        await PublishAsync(world, world.Clock.GetUtcNow().AddHours(-40));
        await world.Guard.CheckAsync(Token);
        await PublishAsync(world, world.Clock.GetUtcNow());
        await world.Guard.CheckAsync(Token);
        await world.Guard.CheckAsync(Token);

        Assert.Equal([false, true], world.Alerts.All.Select(alert => alert.IsRecovery));
    }

    private static Task PublishAsync(World world, DateTimeOffset newestEventAt) =>
        world.Candidates.PublishAsync(Some.Manifest() with { NewestEventAt = newestEventAt }, Token);
}
