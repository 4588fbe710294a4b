using Aisle.Candidates;
using Aisle.Candidates.Training;
using Aisle.Catalogue;
using Aisle.ColdStart;
using Aisle.Evaluation;
using Aisle.Events;
using Aisle.Ports;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Recipes;
using Aisle.RetrainTrigger.Runs;
using Aisle.Sql;

namespace Aisle.RetrainTrigger.Steps;

/// <summary>The steps that make a model and judge it; none of them touches what serves.</summary>
public sealed class TrainingSteps(TrainingReader reader, HoldoutComparison comparison, ContentSteps content, RetrainOptions options)
{
    internal async Task<StepOutcome> SnapshotAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyList<Product> products = await reader.ProductsAsync(cancellationToken);
        TrainingSet training = await reader.ReadAsync(RecipeOf(run), products, run.AsOf, cancellationToken);
        if (products.Count == 0)
        {
            throw new RunFailedException("The catalogue is empty, so there is nothing to recommend. Send the products first (PUT "
                + "/v1/products), or import a file.");
        }

        if (training.Interactions.Count == 0)
        {
            throw new RunFailedException(
                "There is nothing to learn from: no shopper touched a product of the catalogue in the window. Send events and products "
                + "first, or import a file.");
        }

        if (run.Kind == RunKind.Content)
        {
            training = training with { NewestEventAt = (await content.ServingAsync(cancellationToken)).NewestEventAt };
        }

        files.Begin(new ModelDraft(training));
        return files.Outcome(new Dictionary<string, double>
        {
            ["products"] = products.Count,
            ["shoppers"] = training.Users.Count,
            ["interactions"] = training.Interactions.Count,
            ["rows_of_unknown_products"] = training.UnknownProductRows,
            ["useless_rows"] = training.UselessRows,
        }, "training") with
        { CatalogueDigest = CatalogueWatch.DigestOf(products) };
    }

    internal async Task<StepOutcome> FactorsAsync(Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        if (run.Kind == RunKind.Content)
        {
            await content.TakeFactorsAsync(files.Draft, cancellationToken);
        }
        else
        {
            TrainerOf(run).TrainFactors(files.Draft, progress, cancellationToken);
        }

        files.Keep();
        return files.Outcome(new Dictionary<string, double> { ["factors"] = files.Draft.Factors!.Items.Width }, "factors");
    }

    internal StepOutcome Content(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        ModelBundleTrainer trainer = TrainerOf(run);
        trainer.EmbedContent(files.Draft, cancellationToken);
        trainer.PlaceNewProducts(files.Draft, cancellationToken);
        files.Keep();
        return files.Outcome(new Dictionary<string, double> { ["products"] = files.Draft.Training.Products.Count }, "embeddings", "placedfactors");
    }

    internal async Task<StepOutcome> NeighboursAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<UserId, Cohort> cohorts = await reader.CohortsAsync([.. files.Draft.Training.Users.Ids], cancellationToken);
        ModelBundleTrainer trainer = TrainerOf(run);
        trainer.RankPopularity(files.Draft, cohorts.GetValueOrDefault);
        IReadOnlyList<PurchasedLine> purchases = await reader.PurchasesAsync(RecipeOf(run).Feedback, run.AsOf, cancellationToken);
        OrderLine[] lines = [.. TrainingReader.InOrders(purchases)];
        trainer.FindNeighbours(files.Draft, lines, cancellationToken);
        ShopHabits habits = await reader.HabitsAsync(files.Draft.Training, purchases, cancellationToken);
        ModelBundleTrainer.TakeHabits(files.Draft, habits);
        files.Keep();
        return files.Outcome(
            new Dictionary<string, double> { ["order_lines"] = lines.Length, ["visits"] = habits.Sessions.Count, ["reorder_intervals"] = habits.Reorders.Days.Count },
            "popularity", "groups", "habits");
    }

    internal async Task<StepOutcome> EvaluateAsync(
        Run run, RunFiles files, IProgress<double> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<ModelEvaluation>? evaluations =
            await comparison.CompareAsync(RecipeOf(run), [.. files.Draft.Training.Products], run.AsOf, progress, cancellationToken);
        if (evaluations is null)
        {
            return StepOutcome.Nothing;
        }

        Dictionary<string, double> counts = EvaluationCounts.Of(evaluations);
        return new StepOutcome(counts, Digests.OfCounts(counts));
    }

    /// <summary>The finished model; one of a content run was trained when the one was whose factors it has.</summary>
    internal async Task<ModelBundle> FinishAsync(Run run, RunFiles files, CancellationToken cancellationToken)
    {
        DateTimeOffset trainedAt = run.Kind == RunKind.Content ? (await content.ServingAsync(cancellationToken)).TrainedAt : run.StartedAt;
        return TrainerOf(run).Finish(files.Draft, run.ModelVersion, trainedAt);
    }

    private ModelRecipe RecipeOf(Run run) => RecipeText.Of(run, options.Recipe);

    private ModelBundleTrainer TrainerOf(Run run) => new(RecipeOf(run));
}
