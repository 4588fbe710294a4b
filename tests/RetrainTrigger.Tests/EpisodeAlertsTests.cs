using Aisle.Ports;
using Aisle.RetrainTrigger.Guard;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.RetrainTrigger.Tests;

public sealed class EpisodeAlertsTests
{
    private readonly FakeTimeProvider _clock = new(Some.Instant);
    private readonly InMemoryRunStore _runs = new();
    private readonly Sink _sink = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_that_could_not_be_sent_is_sent_by_the_next_check_and_once()
    {
        _sink.OnRaise = () => throw new StoreUnavailableException("The sink is down.", TimeSpan.FromSeconds(1), cause: null);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CheckAsync(isStale: true));
        _sink.OnRaise = () => Task.CompletedTask;

        await CheckAsync(isStale: true);
        await CheckAsync(isStale: true);

        Assert.False(Assert.Single(_sink.Told).IsRecovery);
    }

    [Fact]
    public async Task An_alert_that_could_not_be_sent_before_all_was_well_again_has_no_recovery()
    {
        _sink.OnRaise = () => throw new StoreUnavailableException("The sink is down.", TimeSpan.FromSeconds(1), cause: null);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => CheckAsync(isStale: true));
        _sink.OnRaise = () => Task.CompletedTask;

        await CheckAsync(isStale: false);

        Assert.Empty(_sink.Told);
    }

    [Fact]
    public async Task An_instance_that_dies_before_it_has_told_loses_no_alert()
    {
        await DieWhileTellingAsync(isStale: true);

        await CheckAsync(isStale: true);
        Assert.Empty(_sink.Told); // another instance might still be telling
        _clock.Advance(GuardEpisodes.Patience);
        await CheckAsync(isStale: true);
        await CheckAsync(isStale: true);

        Assert.False(Assert.Single(_sink.Told).IsRecovery);
    }

    [Fact]
    public async Task A_clock_that_was_set_back_meanwhile_holds_up_no_alert()
    {
        DateTimeOffset ahead = _clock.GetUtcNow() + TimeSpan.FromHours(10);
        Assert.NotNull(await new GuardEpisodes(_runs).BeginAsync("model_stale", isStale: true, ahead, Token)); // and dies

        await CheckAsync(isStale: true);

        Assert.False(Assert.Single(_sink.Told).IsRecovery);
    }

    [Fact]
    public async Task An_instance_that_dies_before_it_has_told_of_a_recovery_loses_none()
    {
        await CheckAsync(isStale: true);
        await DieWhileTellingAsync(isStale: false);
        _clock.Advance(GuardEpisodes.Patience);

        await CheckAsync(isStale: false);
        await CheckAsync(isStale: false);

        Assert.Equal([false, true], _sink.Told.Select(alert => alert.IsRecovery));
    }

    [Fact]
    public async Task Of_instances_that_look_at_once_one_tells()
    {
        TaskCompletionSource sending = new();
        _sink.OnRaise = () => sending.Task;
        Task[] checks = [.. Enumerable.Range(0, 5).Select(_ => CheckAsync(isStale: true))];

        sending.SetResult();
        await Task.WhenAll(checks);

        Assert.Single(_sink.Told);
    }

    private Task CheckAsync(bool isStale) => new EpisodeAlerts(new GuardEpisodes(_runs), _sink, _clock, NullLogger<EpisodeAlerts>.Instance)
        .TellAsync(new GuardFinding("model_stale", isStale, "How old it is."), LogLevel.Critical, Token);

    private async Task DieWhileTellingAsync(bool isStale) =>
        Assert.NotNull(await new GuardEpisodes(_runs).BeginAsync("model_stale", isStale, _clock.GetUtcNow(), Token));

    private sealed class Sink : IAlertSink
    {
        public List<Alert> Told { get; } = [];

        public Func<Task> OnRaise { get; set; } = () => Task.CompletedTask;

        public async Task RaiseAsync(Alert alert, CancellationToken cancellationToken)
        {
            await OnRaise();
            Told.Add(alert);
        }
    }
}
