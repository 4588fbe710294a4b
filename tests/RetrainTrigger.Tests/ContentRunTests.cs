using System.Text.Json;
using Aisle.Candidates;
using Aisle.Candidates.Lists;
using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>A run that embeds the catalogue anew between retrains.</summary>
public sealed class ContentRunTests : IAsyncDisposable
{
    private static readonly ProductId Newcomer = new("p-new");

    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_product_is_known_with_inherited_factors_before_the_next_retrain()
    {
        await ServeAsync();
        await AddAsync();

        Run run = await ContentAsync();

        Assert.Equal(RunState.Promoted, run.State);
        Assert.Equal(StepNames.Of(RunKind.Content), run.Steps.Select(step => step.Name));
        ModelBundle bundle = await ServingAsync();
        Assert.True(bundle.Items.TryGetIndex(Newcomer, out int item));
        Assert.True(bundle.ItemFactors[item].ContainsAnyExcept(0f));
    }

    [Fact]
    public async Task It_keeps_the_factors_and_the_age_of_the_model_before()
    {
        await ServeAsync();
        ServingManifest before = (await _world.Candidates.ReadManifestAsync(Token))!;
        ModelBundle old = await ServingAsync();
        _world.Touches.Add((World.User(1), World.Product(1), _world.Clock.GetUtcNow().AddSeconds(-1)));

        await ContentAsync();

        ModelBundle fresh = await ServingAsync();
        ServingManifest after = (await _world.Candidates.ReadManifestAsync(Token))!;
        Assert.True(old.ItemFactors.Values.SequenceEqual(fresh.ItemFactors.Values));
        Assert.Equal((before.NewestEventAt, before.TrainedAt), (after.NewestEventAt, after.TrainedAt));
        Assert.NotEqual(before.ModelVersion, after.ModelVersion);
    }

    [Fact]
    public async Task The_next_retrain_is_still_held_against_the_last_one()
    {
        await ServeAsync();
        await ContentAsync();
        _world.Touches.RemoveAll(touch => touch.User != World.User(0));

        Run run = await _world.Retrainer.RunAsync(Started(await _world.Ledger.TriggerAsync(isForced: true, Token)).Id, Token);

        Assert.Contains(run.Reasons, reason => reason.Contains("shoppers shrank", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Only_a_changed_catalogue_is_embedded_anew_and_price_and_stock_are_no_change()
    {
        await ServeAsync();
        await _world.Catalogue.UpsertAsync([(await _world.Catalogue.FindAsync(World.Product(0), Token))! with { PriceMinor = 9, InStock = false }], Token);
        Assert.Null(await _world.Watch.TriggerIfChangedAsync(Token));
        Assert.Equal("unchanged", (await _world.SendAsync("POST", "/v1/retrain", """{"kind":"content","if_changed":true}""")).Body.GetProperty("outcome").GetString());

        await AddAsync();
        (int status, JsonElement run) = await _world.SendAsync("POST", "/v1/retrain", """{"kind":"content","if_changed":true}""");

        Assert.Equal((200, "content", "promoted"), (status, run.GetProperty("kind").GetString(), run.GetProperty("state").GetString()));
        _world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Null(await _world.Watch.TriggerIfChangedAsync(Token));
    }

    [Fact]
    public async Task After_a_content_run_there_is_a_rest_of_three_times_its_duration()
    {
        await ServeAsync();
        await AddAsync();
        Run run = Started(await _world.Watch.TriggerIfChangedAsync(Token));
        _world.Clock.Advance(TimeSpan.FromMinutes(1)); // it waited that long for its turn
        await _world.Retrainer.RunAsync(run.Id, Token);
        await _world.Catalogue.DeleteAsync([Newcomer], Token);

        Assert.Null(await _world.Watch.TriggerIfChangedAsync(Token));
        _world.Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.NotNull(await _world.Watch.TriggerIfChangedAsync(Token));
    }

    [Fact]
    public async Task A_retrain_does_not_wait_for_a_content_run_whose_worker_died()
    {
        await ServeAsync();
        Run content = Started(await _world.Ledger.TriggerAsync(RunKind.Content, isForced: true, Token));
        await _world.Ledger.TakeAsync(content.Id, Token);
        _world.Clock.Advance(TimeSpan.FromDays(1));

        Run retrain = Started(await _world.Ledger.TriggerAsync(isForced: false, Token));

        Assert.Equal(RunKind.Retrain, retrain.Kind);
        Assert.Equal(RunState.Failed, (await _world.Ledger.FindAsync(content.Id, Token))!.State);
    }

    [Fact]
    public async Task Without_a_model_there_is_nothing_to_take_over()
    {
        await _world.FillAsync(Token);

        Run run = await _world.Retrainer.RunAsync(Started(await _world.Ledger.TriggerAsync(RunKind.Content, isForced: true, Token)).Id, Token);

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("Trigger a retrain first", Assert.Single(run.Reasons), StringComparison.Ordinal);
        Assert.Null(await _world.Watch.TriggerIfChangedAsync(Token));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static Run Started(TriggerOutcome? outcome) => Assert.IsType<TriggerOutcome.Started>(outcome).Run;

    private async Task ServeAsync()
    {
        await _world.FillAsync(Token);
        Run run = await _world.Retrainer.RunAsync(Started(await _world.Ledger.TriggerAsync(isForced: false, Token)).Id, Token);
        Assert.Equal(RunState.Promoted, run.State);
        _world.Clock.Advance(TimeSpan.FromHours(1));
    }

    private Task AddAsync() => _world.Catalogue.UpsertAsync([Some.Product(Newcomer.Value) with { Title = "Oak garden bench" }], Token);

    private async Task<Run> ContentAsync() =>
        await _world.Retrainer.RunAsync(Started(await _world.Ledger.TriggerAsync(RunKind.Content, isForced: true, Token)).Id, Token);

    private async Task<ModelBundle> ServingAsync() =>
        ModelBundle.Load((await _world.Models.OpenAsync((await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion, Token))!);
}
