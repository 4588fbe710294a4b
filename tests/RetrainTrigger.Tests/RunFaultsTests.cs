using System.Text.Json;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>Whatever goes wrong, the serving model goes on serving and the run says what happened and what to do.</summary>
public sealed class RunFaultsTests : IAsyncDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StepNames.Snapshot, "draft-training.bin.tmp")]
    [InlineData(StepNames.Factors, "draft-factors.bin.tmp")]
    [InlineData(StepNames.Content, "draft-embeddings.bin.tmp")]
    [InlineData(StepNames.Neighbours, "draft-popularity.bin.tmp")]
    [InlineData(StepNames.Bundle, "bundle/products.bin")]
    public async Task A_full_disk_breaks_the_run_off_and_once_there_is_space_it_goes_on(string step, string file)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A full disk is played by /dev/full, which only Linux has.");
        string before = await ServeAsync();
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token)).Run;
        string full = Path.Combine(_world.Options.RunsFolder, run.Id, file);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.CreateSymbolicLink(full, "/dev/full");

        await Assert.ThrowsAsync<IOException>(() => _world.Retrainer.RunAsync(run.Id, Token));

        Run broken = (await _world.Ledger.FindAsync(run.Id, Token))!;
        Assert.Equal(RunState.Failed, broken.State);
        Assert.Contains("Free disk space", Assert.Single(broken.Reasons), StringComparison.Ordinal);
        Assert.Equal(RunStepState.Failed, broken.Steps.First(known => known.Name == step).State);
        Assert.Equal(before, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
        File.Delete(full);
        Assert.Equal(run.Id, Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run.Id);
        Assert.Equal(RunState.Promoted, (await _world.Retrainer.RunAsync(run.Id, Token)).State);
    }

    [Fact]
    public async Task An_empty_catalogue_fails_the_run_and_the_serving_model_stays()
    {
        string before = await ServeAsync();
        await _world.Catalogue.DeleteAsync([.. Enumerable.Range(0, World.Products).Select(World.Product)], Token);

        Run run = await RunAsync();

        Assert.Equal(RunState.Failed, run.State);
        Assert.Contains("catalogue is empty", Assert.Single(run.Reasons), StringComparison.Ordinal);
        Assert.Equal(before, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
    }

    [Fact]
    public async Task One_shopper_is_enough_for_a_first_model_and_too_few_for_a_second()
    {
        _world.Touches.RemoveAll(touch => touch.User != World.User(0));
        await _world.FillAsync(Token);
        Assert.Equal(RunState.Promoted, (await RunAsync()).State);
    }

    [Fact]
    public async Task A_shop_of_one_shopper_after_one_of_many_is_refused()
    {
        string before = await ServeAsync();
        _world.Touches.RemoveAll(touch => touch.User != World.User(0));

        Run run = await RunAsync();

        Assert.Equal(RunState.Refused, run.State);
        Assert.Contains(run.Reasons, reason => reason.Contains("shoppers shrank", StringComparison.Ordinal));
        Assert.Equal(before, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
    }

    [Fact]
    public async Task A_refused_model_stays_on_the_shelf_so_that_it_can_be_promoted_by_hand()
    {
        await ServeAsync();
        _world.Touches.RemoveAll(touch => touch.User != World.User(0));
        Run run = await RunAsync();

        (int status, _) = await _world.SendAsync("POST", $"/v1/models/{run.ModelVersion}/promote");

        Assert.Contains(run.Reasons, reason => reason.Contains($"/v1/models/{run.ModelVersion}/promote", StringComparison.Ordinal));
        Assert.Equal(200, status);
        Assert.Equal(run.ModelVersion, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
        Assert.False(Directory.Exists(Path.Combine(_world.Options.RunsFolder, run.Id)));
        Run noted = (await _world.Ledger.FindAsync(run.Id, Token))!;
        Assert.Equal((RunState.Promoted, RunLedger.ByHand), (noted.State, noted.Reasons[0]));
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(RunState.Promoted, (await RunAsync()).State); // held against the one that was let pass, and no more against those before it
    }

    [Fact]
    public async Task A_cancelled_run_leaves_nothing_behind_and_the_serving_model_stays()
    {
        string before = await ServeAsync();
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token)).Run;
        await _world.Ledger.TakeAsync(run.Id, Token);

        (int status, JsonElement cancelled) = await _world.SendAsync("POST", $"/v1/runs/{run.Id}/cancel");

        Assert.Equal((200, "cancelled"), (status, cancelled.GetProperty("state").GetString()));
        Assert.Equal(RunState.Cancelled, (await _world.Retrainer.RunAsync(run.Id, Token)).State);
        Assert.Equal(before, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
        Assert.Equal(409, (await _world.SendAsync("POST", $"/v1/runs/retrain-{Some.Instant:yyyyMMdd}/cancel")).Status); // its model serves
        Assert.Equal(404, (await _world.SendAsync("POST", "/v1/runs/none/cancel")).Status);
    }

    [Fact]
    public async Task A_second_trigger_is_told_where_the_run_is()
    {
        await _world.FillAsync(Token);
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: false, Token)).Run;
        await _world.Ledger.TakeAsync(run.Id, Token);

        (int status, JsonElement answer) = await _world.SendAsync("POST", "/v1/retrain", """{"force":true}""");

        Assert.Equal((202, "already_running", $"/v1/runs/{run.Id}"), (status, answer.GetProperty("outcome").GetString(), answer.GetProperty("url").GetString()));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private async Task<string> ServeAsync()
    {
        await _world.FillAsync(Token);
        Run run = await RunAsync();
        Assert.Equal(RunState.Promoted, run.State);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        return run.ModelVersion;
    }

    private async Task<Run> RunAsync()
    {
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token)).Run;
        return await _world.Retrainer.RunAsync(run.Id, Token);
    }
}
