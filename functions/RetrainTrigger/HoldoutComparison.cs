using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Evaluation;
using Aisle.Events;
using Aisle.Feedback;
using Aisle.Sql;

namespace Aisle.RetrainTrigger;

/// <summary>Trains the recipe on what came before a cut and judges it by what came after, beside popularity and its own two parts.</summary>
public sealed class HoldoutComparison(TrainingReader reader, RetrainOptions options)
{
    /// <summary>The rows, in the order they are printed.</summary>
    public static IReadOnlyList<string> Models { get; } = ["popularity", "collaborative", "content", "hybrid"];

    /// <summary>The columns.</summary>
    public static IReadOnlyList<Metric> Metrics { get; } = [.. ComparisonTable.StandardMetrics, Metric.CoverageCeiling];

    /// <summary>Judges; null when too few shoppers came back after any cut.</summary>
    /// <param name="products">The catalogue.</param>
    /// <param name="asOf">The end of what is known.</param>
    /// <param name="progress">Told the finished fraction.</param>
    /// <param name="cancellationToken">Stops between steps.</param>
    public async Task<IReadOnlyList<ModelEvaluation>?> CompareAsync(
        IReadOnlyList<Product> products, DateTimeOffset asOf, IProgress<double> progress, CancellationToken cancellationToken)
    {
        for (int days = options.HoldoutDays; days <= 4 * options.HoldoutDays; days *= 2)
        {
            DateTimeOffset cut = asOf.AddDays(-days);
            TrainingSet training = await reader.ReadAsync(products, cut, cancellationToken);
            if (training.Interactions.Count == 0)
            {
                break;
            }

            Holdout holdout = new(training.Interactions, await HeldAsync(training, cut, asOf, cancellationToken));
            if (holdout.JudgedUsers.Count >= options.MinJudgedUsers)
            {
                return await CompareAsync(training, holdout, progress, cancellationToken);
            }
        }

        return null;
    }

    private async Task<InteractionMatrix> HeldAsync(
        TrainingSet training, DateTimeOffset cut, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        InteractionMatrixBuilder held = new(training.Users.Count, training.Items.Count);
        await foreach (UserItemScore row in reader.ScoresAsync(cut, asOf, cancellationToken))
        {
            if (row.Score > 0 && training.Users.TryGetIndex(row.User, out int user) && training.Items.TryGetIndex(row.Product, out int item))
            {
                held.Add(user, item, (float)row.Score);
            }
        }

        return held.Build();
    }

    private async Task<IReadOnlyList<ModelEvaluation>> CompareAsync(
        TrainingSet training, Holdout holdout, IProgress<double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<PurchasedLine> purchases = await reader.PurchasesAsync(training.AsOf, cancellationToken);
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. training.Users.Ids], cancellationToken);
        ModelDraft draft = new(training);
        ModelBundle bundle = Train(draft, purchases, cohorts, progress, cancellationToken);
        EvaluationOptions judged = new()
        {
            Embeddings = bundle.Content.HasAnyContent ? bundle.Content.Embeddings : null,
            BootstrapSamples = 200,
        };
        ModelEvaluator evaluator = new(holdout, judged);
        List<ModelEvaluation> evaluations = [];
        foreach ((string model, ISlateSource source) in Sources(draft, bundle, holdout, judged.K, cancellationToken))
        {
            evaluations.Add(evaluator.Evaluate(model, source, cancellationToken));
            progress.Report(0.6 + (0.1 * evaluations.Count));
        }

        return evaluations;
    }

    private ModelBundle Train(
        ModelDraft draft, IReadOnlyList<PurchasedLine> purchases, IReadOnlyDictionary<UserId, Cohort> cohorts,
        IProgress<double> progress, CancellationToken cancellationToken)
    {
        ModelBundleTrainer trainer = new(options.Recipe);
        trainer.TrainFactors(draft, new Part(progress, 0, 0.5), cancellationToken);
        trainer.EmbedContent(draft, cancellationToken);
        trainer.PlaceNewProducts(draft, cancellationToken);
        trainer.RankPopularity(draft, cohorts.GetValueOrDefault);
        trainer.FindNeighbours(draft, TrainingReader.InOrders(purchases), cancellationToken);
        progress.Report(0.6);
        return trainer.Finish(draft, "holdout", draft.Training.AsOf);
    }

    private IEnumerable<(string Model, ISlateSource Source)> Sources(
        ModelDraft draft, ModelBundle bundle, Holdout holdout, int k, CancellationToken cancellationToken)
    {
        HybridOptions hybrid = options.Recipe.Hybrid;
        yield return ("popularity", new PopularSlates(holdout.Train, null));
        yield return ("collaborative", new FactorSlates(draft.Factors!, holdout, k, cancellationToken));
        if (bundle.Content.HasAnyContent)
        {
            HybridOptions content = hybrid with { Alpha = 0, Beta = 0, NeighbourShare = 0, NewProducts = hybrid.NewProducts with { Bonus = 0 } };
            yield return ("content", new RecommenderSlates(new HybridRecommender(bundle, content), holdout.Train));
        }

        yield return ("hybrid", new RecommenderSlates(new HybridRecommender(bundle, hybrid), holdout.Train));
    }
}
