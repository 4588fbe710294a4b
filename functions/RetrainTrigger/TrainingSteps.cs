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

    internal async Task<StepOutcome> SnapshotAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyList<Product> products = await reader.ProductsAsync(cancellationToken);
        TrainingSet training = await reader.ReadAsync(products, run.AsOf, cancellationToken);
        if (products.Count == 0)
        {
            throw new RunFailedException("The catalogue is empty, so there is nothing to recommend. Send the products first (POST /v1/products), or import a file.");
        }

        if (training.Interactions.Count == 0)
        {
            throw new RunFailedException(
                "There is nothing to learn from: no shopper touched a product of the catalogue in the window. Send events and products first, or import a file.");
        }

        files.Begin(new ModelDraft(training));
        return files.Outcome(new Dictionary<string, double>
        {
            ["products"] = products.Count,
            ["shoppers"] = training.Users.Count,
            ["interactions"] = training.Interactions.Count,
            ["rows_of_unknown_products"] = training.UnknownProductRows,
            ["useless_rows"] = training.UselessRows,
        }, "training");
    }

    internal StepOutcome Factors(RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        _trainer.TrainFactors(files.Draft, progress, cancellationToken);
        files.Keep();
        return files.Outcome(new Dictionary<string, double> { ["factors"] = options.Recipe.Factors.Factors }, "factors");
    }

    internal StepOutcome Content(RunFiles files, CancellationToken cancellationToken)
    {
        _trainer.EmbedContent(files.Draft, cancellationToken);
        _trainer.PlaceNewProducts(files.Draft, cancellationToken);
        files.Keep();
        return files.Outcome(new Dictionary<string, double> { ["products"] = files.Draft.Training.Products.Count }, "embeddings", "placedfactors");
    }

    internal async Task<StepOutcome> NeighboursAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. files.Draft.Training.Users.Ids], cancellationToken);
        _trainer.RankPopularity(files.Draft, cohorts.GetValueOrDefault);
        OrderLine[] lines = [.. TrainingReader.InOrders(await reader.PurchasesAsync(run.AsOf, cancellationToken))];
        _trainer.FindNeighbours(files.Draft, lines, cancellationToken);
        files.Keep();
        return files.Outcome(new Dictionary<string, double> { ["order_lines"] = lines.Length }, "popularity", "groups");
    }

    internal async Task<StepOutcome> EvaluateAsync(
        Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelEvaluation>? evaluations =
            await comparison.CompareAsync([.. files.Draft.Training.Products], run.AsOf, progress, cancellationToken);
        if (evaluations is null)
        {
            return StepOutcome.Nothing;
        }

        Dictionary<string, double> counts = EvaluationCounts.Of(evaluations);
        return new StepOutcome(counts, Digests.OfCounts(counts));
    }

    internal ModelBundle Finish(Run run, RunFiles files) => _trainer.Finish(files.Draft, run.ModelVersion, run.StartedAt);
}
