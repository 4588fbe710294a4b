using Aisle.Candidates;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Evaluation;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.RetrainTrigger;

/// <summary>The steps that make a model and judge it; none of them touches what serves.</summary>
public sealed class TrainingSteps(TrainingReader reader, HoldoutComparison comparison, RetrainOptions options)
{
    private readonly ModelBundleTrainer _trainer = new(options.Recipe);

    internal async Task<Dictionary<string, double>> SnapshotAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyList<Product> products = await reader.ProductsAsync(cancellationToken);
        TrainingSet training = await reader.ReadAsync(products, run.AsOf, cancellationToken);
        if (training.Interactions.Count == 0)
        {
            throw new RunFailedException(
                "There is nothing to learn from: no shopper touched a product of the catalogue in the window. Send events and products first, or import a file.");
        }

        files.Begin(new ModelDraft(training));
        return new Dictionary<string, double>
        {
            ["products"] = products.Count,
            ["shoppers"] = training.Users.Count,
            ["interactions"] = training.Interactions.Count,
            ["rows_of_unknown_products"] = training.UnknownProductRows,
        };
    }

    internal Dictionary<string, double> Factors(RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        _trainer.TrainFactors(files.Draft, progress, cancellationToken);
        files.Keep();
        return new Dictionary<string, double> { ["factors"] = options.Recipe.Factors.Factors };
    }

    internal Dictionary<string, double> Content(RunFiles files, CancellationToken cancellationToken)
    {
        _trainer.EmbedContent(files.Draft, cancellationToken);
        _trainer.PlaceNewProducts(files.Draft, cancellationToken);
        files.Keep();
        return [];
    }

    internal async Task<Dictionary<string, double>> NeighboursAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. files.Draft.Training.Users.Ids], cancellationToken);
        _trainer.RankPopularity(files.Draft, cohorts.GetValueOrDefault);
        OrderLine[] lines = [.. TrainingReader.InOrders(await reader.PurchasesAsync(run.AsOf, cancellationToken))];
        _trainer.FindNeighbours(files.Draft, lines, cancellationToken);
        files.Keep();
        return new Dictionary<string, double> { ["order_lines"] = lines.Length };
    }

    internal async Task<Dictionary<string, double>> EvaluateAsync(
        Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelEvaluation>? evaluations =
            await comparison.CompareAsync([.. files.Draft.Training.Products], run.AsOf, progress, cancellationToken);
        return evaluations is null ? [] : EvaluationCounts.Of(evaluations);
    }

    internal ModelBundle Finish(Run run, RunFiles files, DateTimeOffset trainedAt) => _trainer.Finish(files.Draft, run.ModelVersion, trainedAt);
}
