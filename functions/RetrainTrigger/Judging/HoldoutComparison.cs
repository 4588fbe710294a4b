using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Slates;
using Aisle.Events;
using Aisle.Feedback;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Steps;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Judging;

/// <summary>Trains a recipe on what came before a cut and judges it by what came after, beside popularity and each of its sources
/// alone, or beside another recipe.</summary>
public sealed class HoldoutComparison(TrainingReader reader, HoldoutReader cutter)
{
    private const string Hybrid = "hybrid";

    /// <summary>The rows, in the order they are printed.</summary>
    public static IReadOnlyList<string> Models { get; } = ["popularity", "collaborative", "walks", "neighbours", "content", Hybrid];

    /// <summary>The columns.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } = [.. ComparisonTable.StandardMetrics, Metric.CoverageCeiling];

    /// <summary>Judges; null when too few shoppers came back after any cut.</summary>
    /// <param name="recipe">What is judged.</param>
    /// <param name="products">The catalogue.</param>
    /// <param name="asOf">The end of what is known.</param>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<IReadOnlyList<ModelEvaluation>?> CompareAsync(
        ModelRecipe recipe, IReadOnlyList<Product> products, DateTimeOffset asOf, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (await cutter.CutAsync(recipe, products, asOf, cancellationToken) is not { } cut)
        {
            return null;
        }

        (ModelDraft draft, ModelBundle bundle) = await TrainAsync(recipe, cut.Training, new Part(progress, 0, 0.6), cancellationToken);
        ModelEvaluator evaluator = EvaluatorOf(recipe, cut, bundle);
        List<ModelEvaluation> evaluations = [];
        foreach ((string model, ISlateSource source) in Sources(recipe.Hybrid, draft, bundle, cut.Holdout, cancellationToken))
        {
            evaluations.Add(evaluator.Evaluate(model, source, cancellationToken));
            progress.Report(0.6 + (0.4 * evaluations.Count / Models.Count));
        }

        return evaluations;
    }

    /// <summary>Judges the hybrids of two recipes, trained before the same cut, by the same shoppers; null when
    /// too few came back after any cut.</summary>
    /// <param name="serving">The recipe of the serving model.</param>
    /// <param name="changed">The other.</param>
    /// <param name="products">The catalogue.</param>
    /// <param name="asOf">The end of what is known.</param>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<(ModelEvaluation Serving, ModelEvaluation Changed)?> CompareRecipesAsync(
        ModelRecipe serving, ModelRecipe changed, IReadOnlyList<Product> products, DateTimeOffset asOf, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (await cutter.CutAsync(changed, products, asOf, cancellationToken) is not { } cut)
        {
            return null;
        }

        (_, ModelBundle bundle) = await TrainAsync(changed, cut.Training, new Part(progress, 0, 0.4), cancellationToken);
        ModelEvaluator evaluator = EvaluatorOf(changed, cut, bundle);
        RecommenderSlates slates = new(new HybridRecommender(bundle, changed.Hybrid), cut.Training.Interactions, cut.Training.Interactions);
        ModelEvaluation later = evaluator.Evaluate("changed", slates, cancellationToken);
        TrainingSet before = cut.Training;
        if (!RecipeText.TrainTheSame(serving, changed))
        {
            before = await reader.ReadAsync(serving, products, cut.At, cancellationToken);
            (_, bundle) = await TrainAsync(serving, before, new Part(progress, 0.5, 0.9), cancellationToken);
        }

        RecommenderSlates earlier = new(new HybridRecommender(bundle, serving.Hybrid), Aligned(before, cut.Training), cut.Training.Interactions);
        return (evaluator.Evaluate("serving", earlier, cancellationToken), later);
    }

    /// <summary>Trains a recipe on what came before a cut.</summary>
    internal async Task<(ModelDraft Draft, ModelBundle Bundle)> TrainAsync(
        ModelRecipe recipe, TrainingSet training, Part progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<PurchasedLine> purchases = await reader.PurchasesAsync(recipe.Feedback, training.AsOf, cancellationToken);
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. training.Users.Ids], cancellationToken);
        ModelDraft draft = new(training);
        ModelBundleTrainer trainer = new(recipe);
        trainer.TrainFactors(draft, new Part(progress, 0, 0.8), cancellationToken);
        trainer.EmbedContent(draft, cancellationToken);
        trainer.PlaceNewProducts(draft, cancellationToken);
        trainer.RankPopularity(draft, cohorts.GetValueOrDefault);
        trainer.FindNeighbours(draft, TrainingReader.InOrders(purchases), cancellationToken);
        progress.Report(1);
        return (draft, trainer.Finish(draft, "holdout", training.AsOf));
    }

    private static ModelEvaluator EvaluatorOf(ModelRecipe recipe, HoldoutCut cut, ModelBundle bundle) => new(cut.Holdout, new EvaluationOptions
    {
        Embeddings = bundle.Content.HasAnyContent ? bundle.Content.Embeddings : null,
        BootstrapSamples = 200,
        Slices = [.. Enumerable.Range(0, cut.Training.Users.Count).Select(user => TierOf(cut.Training.Interactions.ItemsOf(user).Length, recipe.Hybrid))],
    });

    private static string TierOf(int products, HybridOptions hybrid) =>
        products >= hybrid.FullHybridFrom ? $"{hybrid.FullHybridFrom}+" : products >= hybrid.NeighboursFrom ? $"{hybrid.NeighboursFrom}-{hybrid.FullHybridFrom - 1}" : $"1-{hybrid.NeighboursFrom - 1}";

    private static IEnumerable<(string Model, ISlateSource Source)> Sources(
        HybridOptions hybrid, ModelDraft draft, ModelBundle bundle, Holdout holdout, CancellationToken cancellationToken)
    {
        yield return ("popularity", new PopularSlates(holdout.Train, null));
        yield return ("collaborative", new FactorSlates(draft.Factors!, holdout, new EvaluationOptions().K, cancellationToken));
        yield return ("walks", new ScorerSlates(new NeighbourScorer(bundle.Walks), holdout.Train));
        HybridOptions alone = hybrid with { Beta = 0, ContentTier = new(), NeighbourTier = new(), NewProducts = hybrid.NewProducts with { Bonus = 0 } };
        HybridOptions neighbours = alone with { NeighboursFrom = 1, FullHybridFrom = int.MaxValue, NeighbourShare = 1 };
        yield return ("neighbours", new RecommenderSlates(new HybridRecommender(bundle, neighbours), holdout.Train, holdout.Train));
        if (bundle.Content.HasAnyContent)
        {
            HybridOptions content = alone with { Alpha = 0, NeighbourShare = 0 };
            yield return ("content", new RecommenderSlates(new HybridRecommender(bundle, content), holdout.Train, holdout.Train));
        }

        yield return (Hybrid, new RecommenderSlates(new HybridRecommender(bundle, hybrid), holdout.Train, holdout.Train));
    }

    // Another window may know other shoppers: histories are laid out as those who judge are numbered.
    private static InteractionMatrix Aligned(TrainingSet histories, TrainingSet judged)
    {
        if (ReferenceEquals(histories, judged))
        {
            return judged.Interactions;
        }

        InteractionMatrixBuilder builder = new(judged.Users.Count, judged.Items.Count);
        for (int user = 0; user < judged.Users.Count; user++)
        {
            if (histories.Users.TryGetIndex(judged.Users[user], out int row))
            {
                ReadOnlySpan<int> items = histories.Interactions.ItemsOf(row);
                for (int i = 0; i < items.Length; i++)
                {
                    builder.Add(user, items[i], histories.Interactions.WeightsOf(row)[i]);
                }
            }
        }

        return builder.Build();
    }
}
