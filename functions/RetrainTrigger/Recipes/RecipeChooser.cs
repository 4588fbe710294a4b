using Aisle.Candidates.Lists;
using Aisle.Candidates.Training;
using Aisle.Evaluation;
using Aisle.Ports;
using Aisle.RetrainTrigger.Judging;
using Aisle.RetrainTrigger.Runs;
using Aisle.RetrainTrigger.Steps;

namespace Aisle.RetrainTrigger.Recipes;

/// <summary>Chooses the recipe of a run before anything is trained. A changed recipe and the serving one are both trained before the same
/// cut and judged by the same shoppers; the winner is what the run trains on all data.</summary>
/// <param name="candidates">Says which model serves.</param>
/// <param name="ledger">Knows the recipe of the run that made it.</param>
/// <param name="reader">Reads the catalogue.</param>
/// <param name="comparison">Trains and judges both.</param>
/// <param name="tuner">Learns what is to be learnt of the wanted recipe.</param>
/// <param name="options">The recipe that is configured.</param>
public sealed class RecipeChooser(
    ICandidateStore candidates, RunLedger ledger, TrainingReader reader, HoldoutComparison comparison, RecipeTuner tuner, RetrainOptions options)
{
    /// <summary>1 when the wanted recipe is another than the serving one, 0 when it is the same or none serves.</summary>
    public const string Changed = "changed";

    /// <summary>1 when the serving recipe won against the changed one.</summary>
    public const string ServingWon = "serving_recipe_won";

    private const int Samples = 500;
    private const ulong Seed = 1;

    internal async Task<StepOutcome> ChooseAsync(Run run, IProgress<double> progress, CancellationToken cancellationToken)
    {
        ServingManifest? serving = await candidates.ReadManifestAsync(cancellationToken);
        IReadOnlyList<Run> latest = await ledger.LatestAsync(cancellationToken);
        Run? maker = latest.FirstOrDefault(other => other.ModelVersion == serving?.ModelVersion);
        ModelRecipe? before = RecipeText.Read(maker?.Recipe);
        if (run.Kind == RunKind.Content)
        {
            return Chosen(new() { [Changed] = 0 }, before ?? options.Recipe);
        }

        (ModelRecipe wanted, Dictionary<string, double> counts) = await tuner.WantedAsync(run, before, latest, new Part(progress, 0, 0.6), cancellationToken);
        if (before is not null && !RecipeText.AreSame(before, wanted))
        {
            return await CompareAsync(run, before, wanted, counts, new Part(progress, 0.6, 1), cancellationToken);
        }

        counts[Changed] = 0;
        return Chosen(counts, wanted);
    }

    /// <summary>What an operator should know of the choice; empty when the recipe did not change.</summary>
    internal static IEnumerable<string> Remarks(Run run)
    {
        IReadOnlyDictionary<string, double> counts = run.Steps.FirstOrDefault(step => step.Name == StepNames.Recipe)?.Counts ?? new Dictionary<string, double>();
        if (counts.GetValueOrDefault(Changed) == 0)
        {
            yield break;
        }

        if (!counts.TryGetValue("changed_recipe.ndcg", out double changed) || !counts.TryGetValue("serving_recipe.ndcg", out double serving))
        {
            yield return "The recipe changed, and too few shoppers came back to hold it against the serving one; the changed one was trained.";
            yield break;
        }

        string figures = FormattableString.Invariant($"NDCG {changed:0.0000} for the changed recipe, {serving:0.0000} for the serving one, both trained before the same cut");
        yield return counts.GetValueOrDefault(ServingWon) > 0
            ? $"The serving recipe won ({figures}), and was trained on all data; look at what was changed in the recipe."
            : $"The changed recipe was trained on all data ({figures}).";
    }

    private async Task<StepOutcome> CompareAsync(
        Run run, ModelRecipe before, ModelRecipe wanted, Dictionary<string, double> counts, Part progress, CancellationToken cancellationToken)
    {
        (ModelEvaluation Serving, ModelEvaluation Changed)? both = await comparison.CompareRecipesAsync(
            before, wanted, await reader.ProductsAsync(cancellationToken), run.AsOf, progress, cancellationToken);
        counts[Changed] = 1;
        if (both is not var (serving, changed))
        {
            return Chosen(counts, wanted);
        }

        counts["serving_recipe.ndcg"] = serving[Metric.Ndcg]?.Value ?? 0;
        counts["changed_recipe.ndcg"] = changed[Metric.Ndcg]?.Value ?? 0;
        Estimate? lead = Bootstrap.Difference(changed.PerUser[Metric.Ndcg], serving.PerUser[Metric.Ndcg], Samples, Seed);
        if (lead is { Low: { } low, High: { } high })
        {
            (counts["lead.ndcg"], counts["lead.ndcg.low"], counts["lead.ndcg.high"]) = (lead.Value, low, high);
        }

        bool servingWins = lead is { High: < 0 } || !(counts["changed_recipe.ndcg"] >= counts["serving_recipe.ndcg"] * (1 - options.MaxDrop));
        counts[ServingWon] = servingWins ? 1 : 0;
        return Chosen(counts, servingWins ? before : wanted);
    }

    private static StepOutcome Chosen(Dictionary<string, double> counts, ModelRecipe recipe)
    {
        string text = RecipeText.Write(recipe);
        return new StepOutcome(counts, Digests.OfTexts([text])) { Recipe = text };
    }
}
