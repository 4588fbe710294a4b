using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Evaluation;
using Aisle.Evaluation.Slates;
using Aisle.Evaluation.Tuning;
using Aisle.Factorization;

namespace Aisle.Benchmarks.Shops;

/// <summary>The product's model of one half of a shop, with its parts, so that each can be judged alone.</summary>
internal sealed class ShopModel
{
    private readonly ShopSplit _split;
    private readonly ModelDraft _draft;

    /// <summary>Trains by a recipe.</summary>
    public ShopModel(ShopSplit split, ModelRecipe recipe)
    {
        _split = split;
        Recipe = recipe;
        _draft = new ModelDraft(split.Training);
        ModelBundleTrainer trainer = new(recipe);
        trainer.TrainFactors(_draft, null, CancellationToken.None);
        trainer.EmbedContent(_draft, CancellationToken.None);
        trainer.PlaceNewProducts(_draft, CancellationToken.None);
        trainer.RankPopularity(_draft, _ => null);
        trainer.FindNeighbours(_draft, split.Orders, CancellationToken.None);
        Bundle = trainer.Finish(_draft, "benchmark", split.Training.AsOf);
    }

    /// <summary>How it was trained.</summary>
    public ModelRecipe Recipe { get; }

    /// <summary>What would serve.</summary>
    public ModelBundle Bundle { get; }

    /// <summary>The trained factors.</summary>
    public FactorModel Factors => _draft.Factors!;

    /// <summary>Slates of the recommender.</summary>
    public ISlateSource Hybrid(HybridOptions options, double? diversity = null) => new HybridSlates(new HybridRecommender(Bundle, options), _split.Training.Interactions, diversity);

    /// <summary>Learns how much each source counts from the half that was held out: for validation only.</summary>
    public HybridOptions Learn(TimeSpan budget)
    {
        HybridJudge judge = new(Bundle, _split.Holdout, Recipe.Hybrid, seed: 2);
        return new HybridTuner(budget, TimeProvider.System).Tune(Recipe.Hybrid, options => judge.Of(options, CancellationToken.None), CancellationToken.None);
    }

    /// <summary>Judges slates on the half that was held out.</summary>
    public ModelEvaluation Judge(string name, ISlateSource source) => new ModelEvaluator(_split.Holdout, new EvaluationOptions
    {
        BootstrapSamples = 0,
        Embeddings = Bundle.Content.HasAnyContent ? Bundle.Content.Embeddings : null,
        Slices = [.. Enumerable.Range(0, _split.Training.Users.Count).Select(TierOf)],
    }).Evaluate(name, source, CancellationToken.None);

    private string TierOf(int user) => StrategyRouter.Route(_split.Training.Interactions.ItemsOf(user).Length, hasFactor: true, Recipe.Hybrid) switch
    {
        Strategy.PopularityCohort => "0",
        Strategy.ContentOnly => "1-2",
        Strategy.ContentPlusNeighbours => "3-5",
        _ => "6+",
    };
}
