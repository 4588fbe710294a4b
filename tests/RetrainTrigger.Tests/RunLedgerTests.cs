using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

public sealed class RunLedgerTests : IAsyncDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_whose_lease_ran_out_does_not_release_the_new_workers_lease()
    {
        Run run = await StartAsync();
        Run late = (await _world.Ledger.TakeAsync(run.Id, Token))!.Value;
        _world.Clock.Advance(_world.Options.Lease + TimeSpan.FromSeconds(1));
        Run current = (await _world.Ledger.TakeAsync(run.Id, Token))!.Value;

        await _world.Ledger.ReleaseAsync(late, Token);

        Assert.True(_world.Ledger.IsHeld((await _world.Ledger.FindAsync(run.Id, Token))!));
        await _world.Ledger.ReleaseAsync(current, Token);
        Assert.False(_world.Ledger.IsHeld((await _world.Ledger.FindAsync(run.Id, Token))!));
    }

    [Fact]
    public async Task A_trigger_after_midnight_joins_the_run_of_the_day_before()
    {
        _world.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 15, 23, 59, 0, TimeSpan.Zero));
        Run evening = await StartAsync();
        await _world.Ledger.TakeAsync(evening.Id, Token);
        _world.Clock.Advance(TimeSpan.FromSeconds(90));

        TriggerOutcome.Underway underway = Assert.IsType<TriggerOutcome.Underway>(await _world.Ledger.TriggerAsync(isForced: false, Token));

        Assert.Equal("retrain-20260115", underway.Run.Id);
        Assert.Equal(evening.Id, underway.Run.Id);
        Assert.IsType<TriggerOutcome.Underway>(await _world.Ledger.TriggerAsync(isForced: true, Token));
    }

    [Fact]
    public async Task A_run_of_yesterday_whose_worker_died_is_resumed_when_young_and_given_up_when_old()
    {
        _world.Clock.SetUtcNow(new DateTimeOffset(2026, 1, 15, 23, 0, 0, TimeSpan.Zero));
        Run evening = await StartAsync();
        await _world.Ledger.TakeAsync(evening.Id, Token);

        _world.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(evening.Id, Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run.Id);

        _world.Clock.Advance(TimeSpan.FromHours(11));
        Assert.Equal("retrain-20260116", Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run.Id);
        Assert.Equal(RunState.Failed, (await _world.Ledger.FindAsync(evening.Id, Token))!.State);
    }

    [Fact]
    public async Task Only_one_of_two_runs_is_worked_on_at_a_time()
    {
        await _world.Runs.TryWriteAsync(Some.Run("a"), null, Token);
        await _world.Runs.TryWriteAsync(Some.Run("b"), null, Token);

        Assert.NotNull(await _world.Ledger.TakeAsync("a", Token));
        Assert.Null(await _world.Ledger.TakeAsync("b", Token));
    }

    [Theory]
    [InlineData(RunState.Promoted), InlineData(RunState.Refused), InlineData(RunState.Cancelled)]
    public async Task A_run_that_has_ended_is_not_to_be_had(RunState state)
    {
        await _world.Runs.TryWriteAsync(Some.Run("a") with { State = state }, null, Token);

        Assert.Null(await _world.Ledger.TakeAsync("a", Token));
    }

    [Fact]
    public async Task A_lease_given_by_a_clock_that_was_set_back_since_is_none()
    {
        Run run = await StartAsync();
        await _world.Runs.TryWriteAsync(run with { LeasedUntil = _world.Clock.GetUtcNow().AddDays(3) }, "1", Token);

        Assert.NotNull(await _world.Ledger.TakeAsync(run.Id, Token));
    }

    [Fact]
    public async Task A_forced_trigger_does_not_resume_a_run_that_failed()
    {
        Run run = await StartAsync();
        await _world.Runs.TryWriteAsync(run with { State = RunState.Failed }, "1", Token);

        Assert.Equal(run.Id, Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run.Id);
        Assert.Equal(run.Id + "-2", Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token)).Run.Id);
    }

    [Fact]
    public async Task Two_triggers_at_once_make_one_run()
    {
        TriggerOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _world.Ledger.TriggerAsync(isForced: false, Token), Token)));

        Assert.All(outcomes, outcome => Assert.IsType<TriggerOutcome.Started>(outcome));
        Assert.Single(await _world.Ledger.LatestAsync(Token));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<Run> StartAsync() => Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run;
}
