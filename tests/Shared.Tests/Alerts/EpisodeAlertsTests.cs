using Aisle.Alerts;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Tests.Alerts;

public sealed class EpisodeAlertsTests
{
    private readonly FakeTimeProvider _clock = new(Some.Instant);
    private readonly InMemoryRunStore _runs = new();
    private readonly InMemoryAlertSink _sink = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_that_could_not_be_sent_is_sent_by_the_next_check_and_once()
    {
        _sink.OnRaise = () => throw new StoreUnavailableException("The sink is down.", TimeSpan.FromSeconds(1), cause: null);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CheckAsync(isRaised: true));
        _sink.OnRaise = () => Task.CompletedTask;

        await CheckAsync(isRaised: true);
        await CheckAsync(isRaised: true);

        Assert.False(Assert.Single(_sink.All).IsRecovery);
    }

    [Fact]
    public async Task An_alert_that_could_not_be_sent_before_all_was_well_again_has_no_recovery()
    {
        _sink.OnRaise = () => throw new StoreUnavailableException("The sink is down.", TimeSpan.FromSeconds(1), cause: null);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CheckAsync(isRaised: true));
        _sink.OnRaise = () => Task.CompletedTask;

        await CheckAsync(isRaised: false);

        Assert.Empty(_sink.All);
    }

    [Fact]
    public async Task An_instance_that_dies_before_it_has_told_loses_no_alert()
    {
        await DieWhileTellingAsync(isRaised: true);

        await CheckAsync(isRaised: true);
        Assert.Empty(_sink.All); // another instance might still be telling
        _clock.Advance(Episodes.Patience);
        await CheckAsync(isRaised: true);
        await CheckAsync(isRaised: true);

        Assert.False(Assert.Single(_sink.All).IsRecovery);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_meanwhile_holds_up_no_alert()
    {
        DateTimeOffset ahead = _clock.GetUtcNow() + TimeSpan.FromHours(10);
        Assert.NotNull(await new Episodes(_runs).BeginAsync(Stale(isRaised: true), ahead, Token)); // and dies

        await CheckAsync(isRaised: true);

        Assert.False(Assert.Single(_sink.All).IsRecovery);
    }

    [Fact]
    public async Task An_instance_that_dies_before_it_has_told_of_a_recovery_loses_none()
    {
        await CheckAsync(isRaised: true);
        await DieWhileTellingAsync(isRaised: false);
        _clock.Advance(Episodes.Patience);

        await CheckAsync(isRaised: false);
        await CheckAsync(isRaised: false);

        Assert.Equal([false, true], _sink.All.Select(alert => alert.IsRecovery));
    }

    [Fact]
    public async Task Two_subjects_of_one_kind_have_episodes_of_their_own_and_a_kind_without_a_subject_has_another()
    {
        Finding[] findings = [Stale(isRaised: true), Stale(isRaised: true) with { Subject = "one" }, Stale(isRaised: true) with { Subject = "two" }];

        bool[] told = [await TellAsync(findings[0]), await TellAsync(findings[1]), await TellAsync(findings[2]), await TellAsync(findings[1])];

        Assert.Equal([true, true, true, false], told);
        Assert.Equal(["guard-model_stale", "guard-model_stale:one", "guard-model_stale:two"], (await _runs.ReadLatestAsync(9, Token)).Select(run => run.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_episode_that_a_shop_kept_before_is_known()
    {
        await _runs.TryWriteAsync(Some.Run("guard-model_stale") with { State = RunState.Failed, StartedAt = DateTimeOffset.UnixEpoch }, null, Token);

        await CheckAsync(isRaised: true);
        await CheckAsync(isRaised: false);

        Assert.True(Assert.Single(_sink.All).IsRecovery);
        Assert.True(Episodes.IsOne((await _runs.ReadAsync("guard-model_stale", Token))!.Value));
    }

    [Fact]
    public async Task Only_what_must_be_acted_on_at_once_is_urgent_and_no_recovery_is()
    {
        await TellAsync(Stale(isRaised: true));
        await TellAsync(Stale(isRaised: false));
        await TellAsync(Stale(isRaised: true) with { Subject = "calm", IsUrgent = false });

        Assert.Equal([true, false, false], _sink.All.Select(alert => alert.IsUrgent));
    }

    [Fact]
    public async Task Of_instances_that_look_at_once_one_tells()
    {
        TaskCompletionSource sending = new();
        _sink.OnRaise = () => sending.Task;
        Task[] checks = [.. Enumerable.Range(0, 5).Select(_ => CheckAsync(isRaised: true))];

        sending.SetResult();
        await Task.WhenAll(checks);

        Assert.Single(_sink.All);
    }

    private Task<bool> CheckAsync(bool isRaised) => TellAsync(Stale(isRaised));

    private Task<bool> TellAsync(Finding finding) => new EpisodeAlerts(new Episodes(_runs), _sink, _clock).TellAsync(finding, Token);

    private static Finding Stale(bool isRaised) => new("model_stale", isRaised, "How old it is.");

    private async Task DieWhileTellingAsync(bool isRaised) =>
        Assert.NotNull(await new Episodes(_runs).BeginAsync(Stale(isRaised), _clock.GetUtcNow(), Token));
}
