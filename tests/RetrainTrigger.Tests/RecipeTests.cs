using Aisle.Candidates;
using Aisle.Factorization;
using Aisle.Ports;

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

    private async Task<Run> RunAsync(ModelRecipe recipe)
    {
        await _world.FillAsync(Token);
        await MisleadAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Run run = Assert.IsType<TriggerOutcome.Started>(await _world.Ledger.TriggerAsync(isForced: true, Token)).Run;
        Run ended = await _world.Build(_world.Candidates, _world.Options with { Recipe = recipe }).RunAsync(run.Id, Token);
        Assert.Equal((RunState.Promoted, ""), (ended.State, ended.State == RunState.Promoted ? "" : string.Join(' ', ended.Reasons)));
        return ended;
    }

    // What products say has nothing to do with who likes them, so text alone is a bad recipe.
    private Task MisleadAsync() => _world.Catalogue.UpsertAsync(
        [.. Enumerable.Range(0, World.Products).Select(i => Testing.Some.Product(World.Product(i).Value) with { Title = i / 2 % 2 == 0 ? "Oak garden bench" : "Steel kitchen knife" })],
        Token);
}
