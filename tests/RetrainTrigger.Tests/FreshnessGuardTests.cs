using Aisle.Candidates.Lists;
using Aisle.Ports;
using Aisle.RetrainTrigger.Guard;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Tests;

public sealed class FreshnessGuardTests : IAsyncDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(35, 59, false)]
    [InlineData(36, 0, false)]
    [InlineData(36, 1, true)]
    public async Task A_model_is_stale_beyond_36_hours_since_its_newest_event(int hours, int minutes, bool isStale)
    {
        await ServeAsync(_world.Clock.GetUtcNow() - new TimeSpan(hours, minutes, 0));

        Assert.Equal(isStale, (await _world.Guard.CheckAsync(Token)).IsStale);
    }

    [Fact]
    public async Task Age_counts_hours_that_passed_and_no_clocks_on_walls()
    {
        // In the night to 29 March 2026 Berlin's clocks go forward: 36 hours of a wall clock are 35 there.
        _world.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 29, 22, 30, 0, TimeSpan.FromHours(2)));
        DateTimeOffset newest = new(2026, 3, 28, 9, 31, 0, TimeSpan.FromHours(1));

        await ServeAsync(newest);

        Assert.False((await _world.Guard.CheckAsync(Token)).IsStale); // 35:59 passed although the walls say 36:59
        _world.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True((await _world.Guard.CheckAsync(Token)).IsStale);
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_alerts_and_one_that_falls_behind_says_so()
    {
        await ServeAsync(_world.Clock.GetUtcNow());

        _world.Clock.SetUtcNow(_world.Clock.GetUtcNow().AddDays(3));
        Assert.True((await _world.NewGuard().CheckAsync(Token)).IsStale);
        World behind = _world;
        await behind.Candidates.PublishAsync((await behind.Candidates.ReadManifestAsync(Token))! with { NewestEventAt = behind.Clock.GetUtcNow().AddDays(1) }, Token);
        GuardOutcome outcome = await behind.Guard.CheckAsync(Token);

        Assert.False(outcome.IsStale);
        Assert.Contains("check the clock", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_episode_raises_one_alert_and_its_end_one_recovery_whichever_instance_looks()
    {
        await ServeAsync(_world.Clock.GetUtcNow().AddHours(-40));
        await _world.Guard.CheckAsync(Token);
        await _world.NewGuard().CheckAsync(Token);
        await PublishAsync(_world.Clock.GetUtcNow());
        await _world.NewGuard().CheckAsync(Token);
        await _world.Guard.CheckAsync(Token);

        Assert.Equal([(FreshnessGuard.AlertKind, false), (FreshnessGuard.AlertKind, true)], _world.Alerts.All.Select(alert => (alert.Kind, alert.IsRecovery)));
    }

    [Fact]
    public async Task No_model_at_all_is_stale() => Assert.True((await _world.Guard.CheckAsync(Token)).IsStale);

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_damaged_or_missing_bundle_counts_as_stale(bool isMissing)
    {
        ServingManifest serving = await ServeAsync(_world.Clock.GetUtcNow());
        string folder = (await _world.Models.OpenAsync(serving.ModelVersion, Token))!;
        if (isMissing)
        {
            Directory.Delete(folder, recursive: true);
        }
        else
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "content.bin"), "nonsense", Token);
        }

        GuardOutcome outcome = await _world.Guard.CheckAsync(Token);

        Assert.True(outcome.IsStale);
        Assert.Contains(isMissing ? "missing" : "content.bin", outcome.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Features_and_lists_grow_old_with_their_run()
    {
        await ServeAsync(_world.Clock.GetUtcNow());
        Assert.DoesNotContain((await _world.Guard.CheckAsync(Token)).Findings, finding => finding.IsRaised);
        _world.Clock.Advance(TimeSpan.FromHours(49));
        await PublishAsync(_world.Clock.GetUtcNow());

        GuardOutcome outcome = await _world.Guard.CheckAsync(Token);

        Assert.Equal([FreshnessGuard.FeatureAlertKind, FreshnessGuard.CandidateAlertKind], outcome.Findings.Where(finding => finding.IsRaised).Select(finding => finding.Kind));
        Assert.Equal(TimeSpan.FromHours(49), outcome.FeatureAge);
        Assert.Equal(TimeSpan.FromHours(49), outcome.CandidateAge);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<ServingManifest> ServeAsync(DateTimeOffset newestEventAt)
    {
        await _world.FillAsync(Token);
        foreach (int i in Enumerable.Range(0, _world.Touches.Count))
        {
            _world.Touches[i] = _world.Touches[i] with { At = _world.Clock.GetUtcNow().AddDays(-1 - (i % 10)) };
        }

        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        Assert.Equal(RunState.Promoted, (await _world.Retrainer.RunAsync(run.Id, Token)).State);
        return await PublishAsync(newestEventAt);
    }

    private async Task<ServingManifest> PublishAsync(DateTimeOffset newestEventAt)
    {
        ServingManifest serving = (await _world.Candidates.ReadManifestAsync(Token))! with { NewestEventAt = newestEventAt };
        await _world.Candidates.PublishAsync(serving, Token);
        return serving;
    }
}
