using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Training;
using Aisle.Factorization;
using Aisle.Ports;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Tests;

/// <summary>A changed recipe is held against the serving one before the same cut, and the winner is trained on all data.</summary>
public sealed class RecipeTests : IAsyncDisposable
{
    private static readonly ModelRecipe Good = new() { Factors = new IalsOptions { Factors = 8, Iterations = 4 } };

    private readonly World _world = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_unchanged_recipe_is_not_compared()
    {
        await RunAsync(Good);

        RunStep step = Recipe(await RunAsync(Good with { Factors = Good.Factors with { DegreeOfParallelism = 2 } }));

        Assert.Equal(0, step.Counts[RecipeChooser.Changed]);
        Assert.False(step.Counts.ContainsKey("serving_recipe.ndcg"));
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task A_worse_recipe_loses_and_the_serving_one_is_trained_on_all_data(bool trainsOtherFactors)
    {
        await RunAsync(Good);
        HybridOptions textAlone = new() { FullHybridFrom = 40, NeighboursFrom = 39 };

        Run run = await RunAsync(Good with { Hybrid = textAlone, Factors = trainsOtherFactors ? Good.Factors with { Factors = 2, Iterations = 1 } : Good.Factors });

        RunStep step = Recipe(run);
        Assert.Equal((1.0, 1.0), (step.Counts[RecipeChooser.Changed], step.Counts[RecipeChooser.ServingWon]));
        Assert.True(step.Counts["serving_recipe.ndcg"] > step.Counts["changed_recipe.ndcg"]);
        Assert.True(RecipeText.AreSame(Good, RecipeText.Read(run.Recipe)!));
        Assert.Equal(8, run.Steps.First(known => known.Name == StepNames.Factors).Counts["factors"]);
        Assert.Contains(run.Reasons, reason => reason.Contains("The serving recipe won", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_recipe_that_is_as_good_is_taken_over()
    {
        await RunAsync(Good);
        ModelRecipe wider = Good with { Factors = Good.Factors with { Factors = 12 }, Feedback = Good.Feedback with { Window = TimeSpan.FromDays(15) } };

        Run run = await RunAsync(wider);

        Assert.Equal((1.0, 0.0), (Recipe(run).Counts[RecipeChooser.Changed], Recipe(run).Counts[RecipeChooser.ServingWon]));
        Assert.Equal(12, run.Steps.First(known => known.Name == StepNames.Factors).Counts["factors"]);
        Assert.Contains(run.Reasons, reason => reason.Contains("The changed recipe was trained on all data", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tuned_recipe_travels_in_the_bundle_and_is_kept_until_it_is_learnt_anew()
    {
        Run inShort = await RunAsync(Good, TuningSchedule.Weekly);
        Run extra = await RunAsync(Good, TuningSchedule.Weekly);
        NextDay(_world);
        Run first = await RunAsync(Good, TuningSchedule.Weekly);
        ModelRecipe learnt = RecipeText.Read(first.Recipe)!;

        NextDay(_world);
        Run second = await RunAsync(Good, TuningSchedule.Weekly);
        NextDay(_world);
        Run nightly = await RunAsync(Good, TuningSchedule.Nightly);

        Assert.Equal(0, Recipe(inShort).Counts[RecipeTuner.Tuned]); // nobody waits for a shop's first model longer than need be,
        Assert.True(RecipeText.Read(inShort.Recipe)!.WeightsAreLearnt);
        Assert.False(Recipe(extra).Counts.ContainsKey(RecipeTuner.Tuned)); // nor for a second one on the same day
        Assert.Equal(1, Recipe(first).Counts[RecipeTuner.Tuned]);
        Assert.True(learnt.WeightsAreLearnt);
        Assert.Equal(Good.Factors.Factors, learnt.Factors.Factors);
        Assert.Equal(HybridWeights.Of(learnt.Hybrid), (await BundleAsync(first)).Learnt);
        Assert.False(Recipe(second).Counts.ContainsKey(RecipeTuner.Tuned));
        Assert.True(RecipeText.AreSame(learnt, RecipeText.Read(second.Recipe)!));
        Assert.Equal(1, Recipe(nightly).Counts[RecipeTuner.Tuned]);
    }

    [Fact]
    public async Task Without_tuning_nothing_is_learnt_and_what_was_learnt_is_a_changed_recipe()
    {
        await RunAsync(Good);
        NextDay(_world);
        await RunAsync(Good, TuningSchedule.Nightly);

        Run run = await RunAsync(Good);

        Assert.Equal(1, Recipe(run).Counts[RecipeChooser.Changed]);
        Assert.False(Recipe(run).Counts.ContainsKey(RecipeTuner.Tuned));
    }

    [Fact]
    public async Task What_was_learnt_goes_to_whoever_writes_the_lists_elsewhere()
    {
        PartsElsewhere parts = new([0, 0]);
        _world.ListWriters.Add(parts);
        await RunAsync(Good);
        NextDay(_world);

        Run run = await RunAsync(Good, TuningSchedule.Nightly);

        Assert.Equal([null, HybridWeights.Of(RecipeText.Read(run.Recipe)!.Hybrid)], parts.Weights);
    }

    [Fact]
    public async Task The_same_data_learn_the_same_recipe()
    {
        await using World other = new();
        await RunAsync(Good);
        await RunAsync(Good, TuningSchedule.Off, other);
        NextDay(_world);
        NextDay(other);
        Run one = await RunAsync(Good, TuningSchedule.Nightly);
        Run two = await RunAsync(Good, TuningSchedule.Nightly, other);

        Assert.Equal(one.Recipe, two.Recipe);
    }

    [Fact]
    public void A_recipe_comes_back_from_its_text_and_what_the_text_leaves_out_has_its_default()
    {
        Assert.Equal(Good, RecipeText.Read(RecipeText.Write(Good)));
        Assert.Equal(new ModelRecipe { Hybrid = new HybridOptions { Alpha = 0.9 } }, RecipeText.Read("""{"hybrid":{"alpha":0.9},"of_another_time":1}"""));
        Assert.Null(RecipeText.Read("[]"));
        Assert.Null(RecipeText.Read("{"));
        Assert.Null(RecipeText.Read(null));
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static RunStep Recipe(Run run) => run.Steps.First(step => step.Name == StepNames.Recipe);

    private async Task<ModelBundle> BundleAsync(Run run)
    {
        string? folder = await _world.Models.OpenAsync(run.ModelVersion, Token);
        return ModelBundle.Load(Assert.IsType<string>(folder));
    }

    /// <summary>A day later shoppers have done the same, a day later.</summary>
    private static void NextDay(World world)
    {
        TimeSpan day = TimeSpan.FromDays(1);
        world.Clock.Advance(day);
        for (int i = 0; i < world.Touches.Count; i++)
        {
            world.Touches[i] = world.Touches[i] with { At = world.Touches[i].At + day };
        }
    }

    private Task<Run> RunAsync(ModelRecipe recipe, TuningSchedule tuning = TuningSchedule.Off) => RunAsync(recipe, tuning, _world);

    private static async Task<Run> RunAsync(ModelRecipe recipe, TuningSchedule tuning, World world)
    {
        await world.FillAsync(Token);
        await MisleadAsync(world);
        world.Clock.Advance(TimeSpan.FromMinutes(1));
        Run run = Assert.IsType<TriggerOutcome.Started>(await world.Ledger.TriggerAsync(isForced: true, Token)).Run;
        Run ended = await world.Build(world.Candidates, world.Options with { Recipe = recipe, Tuning = tuning }).RunAsync(run.Id, Token);
        Assert.Equal((RunState.Promoted, ""), (ended.State, ended.State == RunState.Promoted ? "" : string.Join(' ', ended.Reasons)));
        return ended;
    }

    // What products say has nothing to do with who likes them, so text alone is a bad recipe.
    private static Task MisleadAsync(World world) => world.Catalogue.UpsertAsync(
        [.. Enumerable.Range(0, World.Products).Select(i => Testing.Some.Product(World.Product(i).Value) with { Title = i / 2 % 2 == 0 ? "Oak garden bench" : "Steel kitchen knife" })],
        Token);
}
