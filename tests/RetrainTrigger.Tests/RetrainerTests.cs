using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Evaluation;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Ports;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.RetrainTrigger.Tests.Faults;

namespace Aisle.RetrainTrigger.Tests;

public sealed class RetrainerTests : IAsyncDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_trains_judges_and_publishes_and_every_shopper_has_a_list()
    {
        Run run = await RunAsync();

        Assert.Equal(RunState.Promoted, run.State);
        Assert.All(run.Steps, step => Assert.Equal(RunStepState.Done, step.State));
        ServingManifest serving = (await _world.Candidates.ReadManifestAsync(Token))!;
        Assert.Equal(run.ModelVersion, serving.ModelVersion);
        Assert.Equal(_world.Touches.Max(touch => touch.At), serving.NewestEventAt);
        CandidateList list = (await _world.Candidates.ReadAsync(run.ModelVersion, World.User(0), Token))!;
        Assert.Equal(Strategy.FullHybrid, list.Strategy);
        Assert.True(list.Items.Take(5).Count(item => int.Parse(item.Product.Value[2..], null) % 2 == 0) >= 4);
    }

    [Fact]
    public async Task The_hybrid_and_each_source_alone_beat_popularity_where_tastes_differ()
    {
        Run run = await RunAsync();
        double popularity = EvaluationCounts.Find(run, "popularity", Metric.Ndcg)!.Value;

        Assert.All(["collaborative", "walks", "neighbours", "content", "hybrid"], model => Assert.True(EvaluationCounts.Find(run, model, Metric.Ndcg) > popularity, model));
    }

    [Fact]
    public async Task Batch_features_reach_the_documents()
    {
        await RunAsync();

        ShopperProfile profile = (await _world.Profiles.ReadAsync(World.User(3), Token))!.Value;
        Assert.Equal(8, profile.UserEmbedding.Count);
        Assert.InRange(profile.AveragePriceMinor!.Value, 1_000, 1_000 + World.Products);
        Assert.Equal(10, profile.PurchaseCount30Days);
    }

    [Fact]
    public async Task A_second_trigger_on_one_day_does_nothing_unless_it_is_forced()
    {
        Run first = await RunAsync();

        Assert.IsType<TriggerOutcome.DoneAlready>(await _world.Ledger.TriggerAsync(isForced: false, Token));
        TriggerOutcome.Started second = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token));
        Assert.Equal(first.Id + "-2", second.Run.Id);
    }

    [Fact]
    public async Task A_run_whose_worker_died_goes_on_where_it_stopped()
    {
        await _world.FillAsync(Token);
        FaultyCandidates failing = new(_world.Candidates, nameof(ICandidateStore.WriteAsync), () => new IOException("down"));
        Run begun = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        await Assert.ThrowsAsync<IOException>(() => _world.Build(failing).RunAsync(begun.Id, Token));
        Run broken = (await _world.Ledger.FindAsync(begun.Id, Token))!;
        DateTimeOffset trained = broken.Steps.First(step => step.Name == StepNames.Factors).EndedAt!.Value;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        TriggerOutcome.Started again = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token));
        Run ended = await _world.Retrainer.RunAsync(again.Run.Id, Token);

        Assert.Equal(RunState.Promoted, ended.State);
        Assert.Equal(begun.Id, ended.Id);
        Assert.Equal(trained, ended.Steps.First(step => step.Name == StepNames.Factors).EndedAt);
    }

    [Fact]
    public async Task Two_workers_do_not_work_on_one_run()
    {
        await _world.FillAsync(Token);
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        await _world.Ledger.TakeAsync(run.Id, Token);

        Assert.IsType<TriggerOutcome.Underway>(await _world.Ledger.TriggerAsync(isForced: false, Token));
        Assert.Equal(RunState.Running, (await _world.Retrainer.RunAsync(run.Id, Token)).State);
        Assert.Null(await _world.Candidates.ReadManifestAsync(Token));
    }

    [Fact]
    public async Task Without_feedback_the_run_fails_and_says_what_to_send()
    {
        _world.Touches.Clear();

        Run run = await RunAsync();

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("nothing to learn from", Assert.Single(run.Reasons), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_fell_far_below_the_last_one_is_refused_and_the_last_one_serves_on()
    {
        Run first = await RunAsync();
        _world.Clock.Advance(TimeSpan.FromDays(1));
        Random(_world.Touches);

        Run second = await RunAsync();

        Assert.Equal(RunState.Refused, second.State);
        Assert.NotEmpty(second.Reasons);
        Assert.Equal(first.ModelVersion, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
    }

    [Fact]
    public async Task A_day_without_returning_shoppers_is_promoted_without_a_judgement()
    {
        _world.Touches.RemoveAll(touch => touch.At < Testing.Some.Instant.AddDays(-3));

        Run run = await RunAsync();

        Assert.Equal(RunState.Promoted, run.State);
        Assert.Null(EvaluationCounts.Find(run, "hybrid", Metric.Ndcg));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<Run> RunAsync()
    {
        await _world.FillAsync(Token);
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        return await _world.Retrainer.RunAsync(run.Id, Token);
    }

    // Everybody likes the same few products in the end, whatever they liked before: taste says nothing any more.
    private static void Random(List<(UserId User, ProductId Product, DateTimeOffset At)> touches)
    {
        for (int i = 0; i < touches.Count; i++)
        {
            touches[i] = touches[i] with { Product = World.Product((i * 7919 % 104_729) % World.Products) };
        }
    }
}
