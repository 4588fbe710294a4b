using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>A run that a scheduler brings forward, a little at each tick.</summary>
public sealed class TickTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task With_no_time_at_all_each_tick_does_one_step_and_the_run_ends()
    {
        await using World world = new(timePerTrigger: TimeSpan.Zero);
        await world.FillAsync(Token);
        List<int> done = [];
        Run run;

        do
        {
            run = await TickAsync(world);
            done.Add(run.Steps.Count(step => step.State == RunStepState.Done));
        }
        while (run.State == RunState.Running && done.Count < 50);

        Assert.Equal(RunState.Promoted, run.State);
        Assert.Equal(Enumerable.Range(1, StepNames.All.Count), done);
        Assert.IsType<TriggerOutcome.DoneAlready>(await world.Ledger.TriggerAsync(isForced: false, Token));
    }

    [Fact]
    public async Task Lists_go_on_where_the_last_tick_stopped()
    {
        await using World world = new();
        await world.FillAsync(Token);
        PartsElsewhere parts = new([30, 10, 0]);
        world.ListWriters.Add(parts);

        Run first = await TickAsync(world);
        Run second = await TickAsync(world);
        Run third = await TickAsync(world);

        RunStep lists = first.Steps.First(step => step.Name == StepNames.Candidates);
        Assert.Equal((RunState.Running, RunStepState.Running), (first.State, lists.State));
        Assert.Equal((10.0, 30.0), (lists.Counts["shards"], lists.Counts["left"]));
        Assert.Equal(30.0, second.Steps.First(step => step.Name == StepNames.Candidates).Counts["shards"]);
        Assert.Equal(RunState.Promoted, third.State);
        Assert.Equal(Enumerable.Repeat((third.ModelVersion, third.AsOf), 3), parts.Calls);
        Assert.All(parts.Weights, weights => Assert.Null(weights)); // nothing was learnt
        Assert.Equal(third.ModelVersion, (await world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
    }

    [Fact]
    public async Task A_writer_elsewhere_that_cannot_go_on_fails_the_run_with_its_reason()
    {
        await using World world = new();
        await world.FillAsync(Token);
        world.ListWriters.Add(new PartsElsewhere([]));

        Run run = await TickAsync(world);

        Assert.Equal((RunState.Failed, "No reservation."), (run.State, Assert.Single(run.Reasons)));
        Assert.Null(await world.Candidates.ReadManifestAsync(Token));
    }

    private static async Task<Run> TickAsync(World world)
    {
        TriggerOutcome.Started tick = Assert.IsType<TriggerOutcome.Started>(await world.Ledger.TriggerAsync(isForced: false, Token));
        return await world.Retrainer.RunAsync(tick.Run.Id, Token);
    }
}
