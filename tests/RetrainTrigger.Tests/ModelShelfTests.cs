using System.Text.Json;
using Aisle.Candidates.Lists;
using Aisle.Experiments;
using Aisle.Ports;
using Aisle.RetrainTrigger.Gate;
using Aisle.RetrainTrigger.Steps;
using Aisle.Testing;

namespace Aisle.RetrainTrigger.Tests;

public sealed class ModelShelfTests : IAsyncDisposable
{
    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rollback_brings_back_the_model_before_with_its_lists()
    {
        (string first, string second) = await TrainTwiceAsync();

        (int status, _) = await _world.SendAsync("POST", "/v1/models/rollback");

        ServingManifest serving = (await _world.Candidates.ReadManifestAsync(Token))!;
        Assert.Equal((200, first, second), (status, serving.ModelVersion, serving.PreviousVersion));
        Assert.NotNull(await _world.Candidates.ReadAsync(first, World.User(0), Token));
    }

    [Fact]
    public async Task Without_a_model_before_there_is_no_rollback()
    {
        await _world.FillAsync(Token);
        await _world.SendAsync("POST", "/v1/retrain");

        Assert.Equal(409, (await _world.SendAsync("POST", "/v1/models/rollback")).Status);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_cut_or_corrupt_file_is_named_and_never_served(bool isCut)
    {
        (string first, string second) = await TrainTwiceAsync();
        string file = Path.Combine((await _world.Models.OpenAsync(first, Token))!, "item-factors.bin");
        Damage(file, isCut);

        (int status, JsonElement problem) = await _world.SendAsync("POST", $"/v1/models/{first}/promote");
        JsonElement card = (await _world.SendAsync("GET", $"/v1/models/{first}")).Body;

        Assert.Equal(409, status);
        Assert.Contains("item-factors.bin", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(second, (await _world.Candidates.ReadManifestAsync(Token))!.ModelVersion);
        Assert.False(card.GetProperty("files_are_whole").GetBoolean());
    }

    [Fact]
    public async Task The_card_says_what_was_trained_and_how_it_did()
    {
        (_, string second) = await TrainTwiceAsync();

        JsonElement card = (await _world.SendAsync("GET", $"/v1/models/{second}")).Body;

        Assert.Equal((World.Products, 8), (card.GetProperty("products").GetInt32(), card.GetProperty("factors").GetInt32()));
        Assert.Equal("promoted", card.GetProperty("run").GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Object, card.GetProperty("run").GetProperty("evaluation").ValueKind);
        Assert.Equal(8, card.GetProperty("run").GetProperty("recipe").GetProperty("factors").GetProperty("factors").GetInt32());
    }

    [Fact]
    public async Task Two_trainings_on_the_same_data_show_the_same()
    {
        (string first, string second) = await TrainTwiceAsync();

        JsonElement diff = (await _world.SendAsync("GET", $"/v1/models/{first}/diff/{second}")).Body;

        Assert.Equal((0, 0), (diff.GetProperty("added_count").GetInt32(), diff.GetProperty("removed_count").GetInt32()));
        Assert.InRange(diff.GetProperty("slates").GetProperty(ShadowCounts.Overlap).GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task The_gate_keeps_how_the_new_model_differs_from_the_serving_one()
    {
        await TrainTwiceAsync();

        Run second = (await _world.Ledger.LatestAsync(Token))[0];
        IReadOnlyDictionary<string, double> shadow = second.Steps.First(step => step.Name == StepNames.Gate).Counts;

        Assert.Equal(World.Shoppers, shadow[ShadowCounts.Users]);
        Assert.Equal(20, shadow.Keys.Count(name => name.StartsWith(ShadowCounts.WorstUser, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_so_many_models_are_kept()
    {
        await _world.FillAsync(Token);
        for (int i = 0; i < 5; i++)
        {
            await _world.SendAsync("POST", "/v1/retrain", """{"force":true}""");
            _world.Clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.Equal(_world.Options.KeptModels, (await _world.Models.ListAsync(Token)).Count);
    }

    [Fact]
    public async Task A_model_that_a_running_experiment_answers_from_is_kept()
    {
        (string first, _) = await TrainTwiceAsync();
        Experiment experiment = Some.Experiment();
        Variant tries = experiment.Variants[^1] with { Parameters = new Dictionary<string, string> { [ServingParameters.ModelVersion] = first } };
        await _world.Experiments.TryWriteAsync(experiment with { Variants = [.. experiment.Variants.SkipLast(1), tries] }, null, Token);
        for (int i = 0; i < 4; i++)
        {
            _world.Clock.Advance(TimeSpan.FromHours(1));
            await _world.SendAsync("POST", "/v1/retrain", """{"force":true}""");
        }

        Assert.Contains(first, await _world.Models.ListAsync(Token));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static void Damage(string file, bool isCut)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[^1] ^= 0xFF;
        File.WriteAllBytes(file, isCut ? bytes[..^100] : bytes);
    }

    private async Task<(string First, string Second)> TrainTwiceAsync()
    {
        await _world.FillAsync(Token);
        string first = (await _world.SendAsync("POST", "/v1/retrain")).Body.GetProperty("model_version").GetString()!;
        _world.Clock.Advance(TimeSpan.FromHours(1));
        JsonElement second = (await _world.SendAsync("POST", "/v1/retrain", """{"force":true}""")).Body;
        Assert.Equal("promoted", second.GetProperty("state").GetString());
        return (first, second.GetProperty("model_version").GetString()!);
    }
}
