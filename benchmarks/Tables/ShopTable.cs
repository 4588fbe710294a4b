using System.Globalization;
using Aisle.Benchmarks.Ranking;
using Aisle.Benchmarks.Shops;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.ItemToItem;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Evaluation;
using Aisle.Evaluation.Slates;
using Aisle.Evaluation.Tuning;
using Aisle.Feedback;

namespace Aisle.Benchmarks.Tables;

/// <summary>A public shop: popularity, each model alone, the hybrid with defaults and tuned, and its re-ranking, each with its share
/// of popularity's NDCG and by tier.</summary>
/// <param name="data">The shop.</param>
/// <param name="budget">How long factors are tuned.</param>
/// <param name="output">Where rows go.</param>
internal sealed class ShopTable(ShopData data, TimeSpan budget, TextWriter output)
{
    private const double Diversity = 0.7;
    private const int MostForTuning = 1000;

    private static readonly string[] Tiers = ["1-2", "3-5", "6+"];

    private readonly ShopSplit _test = ShopSplit.Test(data);
    private double _popularity;

    /// <summary>Tunes on validation, trains and judges every row on the test.</summary>
    /// <returns>What was learnt on validation.</returns>
    public ModelRecipe Print()
    {
        Head();
        ModelRecipe tuned = Tuned();
        ShopModel model = new(_test, data.Recipe);
        ShopModel better = new(_test, tuned);
        InteractionMatrix train = _test.Training.Interactions;
        Row(model, "popularity", new PopularSlates(train, categories: null));
        Row(model, "popularity in category", data.HasCategories ? new PopularSlates(train, Categories()) : null);
        Row(model, "factors alone, defaults", new FactorSlates(model.Factors, _test.Holdout, 10, CancellationToken.None));
        Row(model, "factors alone, tuned", new FactorSlates(better.Factors, _test.Holdout, 10, CancellationToken.None));
        Row(model, "RP3β alone", Scorer(new Rp3BetaTrainer(new Rp3BetaOptions())));
        Row(model, "item cosine alone", Scorer(new ItemKnnTrainer(new ItemKnnOptions())));
        Row(model, "content alone", data.HasText ? model.Hybrid(Alone(0, 0)) : null);
        Row(model, "similar users alone", model.Hybrid(Alone(0, 1) with { NeighboursFrom = 1, FullHybridFrom = int.MaxValue }));
        Row(model, "hybrid, defaults", model.Hybrid(data.Recipe.Hybrid));
        Row(model, "hybrid, defaults, no walks", model.Hybrid(data.Recipe.Hybrid with { WalkShare = 0 }));
        Row(better, "hybrid, tuned", better.Hybrid(tuned.Hybrid));
        Row(better, "hybrid, tuned, re-ranked (MMR λ 0.7)", data.HasText ? better.Hybrid(tuned.Hybrid, Diversity) : null);
        return tuned;
    }

    private void Head()
    {
        output.WriteLine();
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{data.Name}: {_test.Training.Users.Count:N0} shoppers, "
            + $"{_test.Training.Items.Count:N0} products, {_test.Training.Interactions.Count:N0} pairs; "
            + $"{_test.Holdout.JudgedUsers.Count:N0} shoppers judged by "
            + $"{(data.HeldDays is { } days ? $"the last {days} days" : "their last purchase")}, seen masked, k 10"));
        output.WriteLine($"{"",-40} {"HR",7} {"Recall",7} {"NDCG",7} {"MAP",7} {"x pop",6} {"cover",7} {"at most",7} {"divers",7}  NDCG "
            + $"of tiers {string.Join(", ", Tiers)}");
    }

    private ModelRecipe Tuned()
    {
        ShopSplit validation = ShopSplit.Validation(data);
        IalsTuner tuner = new(data.Recipe.Factors, budget, TimeProvider.System);
        FactorJudge judge = new(validation.Holdout, k: 10);
        IReadOnlyList<IalsTrial> trials = tuner.Search(validation.Training.Interactions, model => judge.Ndcg(model, CancellationToken.None), CancellationToken.None);
        ModelRecipe recipe = data.Recipe with { Factors = trials[0].Options };
        ShopModel model = new(validation with { Holdout = validation.Holdout.Sampled(MostForTuning, seed: 1) }, recipe);
        recipe = recipe with { Hybrid = model.Learn(budget) };
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  tuned on validation ({trials.Count} trials of factors; "
            + $"{budget.TotalSeconds:0} s for them, as many for weights): λ {recipe.Factors.Regularization:0.####}, α0 "
            + $"{recipe.Factors.UnobservedWeight:0.####}, {recipe.Factors.Iterations} epochs; α {recipe.Hybrid.Alpha:0.0#}, β "
            + $"{recipe.Hybrid.Beta:0.0#}, walks' share {recipe.Hybrid.WalkShare:0.0#}, neighbours' share "
            + $"{recipe.Hybrid.NeighbourShare:0.0#}; 1–2 products {Text(recipe.Hybrid, Strategy.ContentOnly)}, 3–5 "
            + $"{Text(recipe.Hybrid, Strategy.ContentPlusNeighbours)}"));
        return recipe;
    }

    private static string Text(HybridOptions options, Strategy tier)
    {
        TierMix mix = tier == Strategy.ContentOnly ? options.ContentTier : options.NeighbourTier;
        return string.Create(CultureInfo.InvariantCulture, $"α {mix.Collaborative:0.0#}, β {mix.Beta ?? options.Beta:0.0#}");
    }

    private static HybridOptions Alone(double alpha, double neighbours) => new() { Alpha = alpha, Beta = 0, NeighbourShare = neighbours };

    private BackfilledSlates Scorer(IItemScorerTrainer trainer) =>
        new(new ScorerSlates(trainer.Train(_test.Training.Interactions, null, CancellationToken.None), _test.Training.Interactions), _test.Training.Interactions);

    private int[] Categories()
    {
        Vocabulary<string> names = Vocabulary<string>.FromDistinct(data.Products.Select(product => product.Category ?? ""));
        return [.. _test.Training.Products.Select(product => names.TryGetIndex(product.Category ?? "", out int index) ? index : -1)];
    }

    private void Row(ShopModel model, string name, ISlateSource? source)
    {
        if (source is null)
        {
            output.WriteLine($"{name,-40} {"n/a",7}");
            return;
        }

        ModelEvaluation result = model.Judge(name, source);
        double ndcg = result[Metric.Ndcg]!.Value;
        _popularity = _popularity == 0 ? ndcg : _popularity;
        Metric[] shown = [Metric.HitRate, Metric.Recall, Metric.Ndcg, Metric.AveragePrecision];
        string figures = string.Join(" ", shown.Select(metric => Text(result[metric])));
        string tiers = string.Join(" ", Tiers.Select(tier => result.BySlice.TryGetValue(tier, out var slice) ? Text(slice[Metric.Ndcg]) : "      -"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {figures} {ndcg / _popularity,6:0.00} "
            + $"{Text(result[Metric.Coverage])} {Text(result[Metric.CoverageCeiling])} {Text(result[Metric.IntraListDiversity])}  {tiers}"));
    }

    private static string Text(Estimate? estimate) => estimate is null ? "    n/a" : estimate.Value.ToString("0.0000", CultureInfo.InvariantCulture).PadLeft(7);
}
