using System.Globalization;
using Aisle.Benchmarks.Shops;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Training;
using Aisle.Evaluation;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Metrics;
using Aisle.Evaluation.Slates;

namespace Aisle.Benchmarks.Tables;

/// <summary>Cold start: shoppers cut to their first few products, from which count on a list is personal, and
/// products that training never saw.</summary>
/// <param name="data">The shop.</param>
/// <param name="output">Where rows go.</param>
internal sealed class ColdStartTable(ShopData data, TextWriter output)
{
    private const int K = 10;
    private const int Deep = 100;
    private const int MostShoppers = 500;
    private const int HiddenOneIn = 10;

    private static readonly int[] Counts = [0, 1, 2, 3, 5, 6, 10];

    /// <summary>Judges shoppers of whom only the first few products are known.</summary>
    /// <param name="name">What the recipe is called.</param>
    /// <param name="recipe">How the model is trained and its sources are fused.</param>
    public void Shoppers(string name, ModelRecipe recipe)
    {
        ShopSplit split = ShopSplit.Test(data);
        int[] users = [.. split.Holdout.JudgedUsers.Where(user => split.Training.Interactions.ItemsOf(user).Length >= Counts[^1]).Take(MostShoppers)];
        if (users.Length == 0)
        {
            output.WriteLine($"  cold start, {name}: n/a, nobody who is judged has {Counts[^1]} products");
            return;
        }

        HybridRecommender recommender = new(new ShopModel(split, recipe).Bundle, recipe.Hybrid);
        int[]?[] popular = new int[users.Length][];
        int[] personalFrom = [.. users.Select(_ => int.MaxValue)];
        output.WriteLine($"  cold start, {name}: {users.Length} shoppers with {Counts[^1]} products or more, cut to n by chance (the "
            + "model has seen their whole histories): n: NDCG@10, places shared with popularity");
        foreach (int count in Counts)
        {
            CutSlates slates = new(recommender, split.Training.Interactions, count);
            double[] ndcg = new double[users.Length];
            double[] shared = new double[users.Length];
            Parallel.For(0, users.Length, index =>
            {
                int[] slate = new int[K];
                Array.Resize(ref slate, slates.Rank(users[index], slate));
                popular[index] ??= slate;
                shared[index] = slate.Intersect(popular[index]!).Count() / (double)K;
                personalFrom[index] = shared[index] <= 0.5 ? Math.Min(personalFrom[index], count) : personalFrom[index];
                ndcg[index] = Ndcg.AtK<int>(slate, new HashSet<int>(split.Holdout.Held.ItemsOf(users[index]).ToArray()), K) ?? 0;
            });
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {count,3}: {ndcg.Average():0.0000}, {shared.Average():0.00}"));
        }

        int median = personalFrom.Order().ElementAt(users.Length / 2);
        output.WriteLine($"    time to personal (half the places differ from popularity), median: {(median == int.MaxValue ? "never" : $"{median} products")}");
    }

    /// <summary>Judges how products that training never saw are found.</summary>
    /// <param name="name">What the recipe is called.</param>
    /// <param name="recipe">How the model is trained and its sources are fused.</param>
    public void Products(string name, ModelRecipe recipe)
    {
        if (!data.HasText)
        {
            output.WriteLine("  products hidden from training: n/a, there is no text");
            return;
        }

        HashSet<string> hidden = [.. data.Products.Select(product => product.Id.Value).Order(StringComparer.Ordinal).Where((_, index) => index % HiddenOneIn == 0)];
        ShopSplit split = ShopSplit.Test(data, hidden);
        if (split.Holdout.JudgedUsers.Count == 0)
        {
            output.WriteLine("  products hidden from training: n/a, nobody chose one later");
            return;
        }

        Holdout sampled = split.Holdout.Sampled(MostShoppers, seed: 1);
        ShopModel model = new(split with { Holdout = sampled }, recipe);
        ISlateSource slates = new HybridSlates(new HybridRecommender(model.Bundle, recipe.Hybrid), split.Training.Interactions);
        ModelEvaluation result = new ModelEvaluator(sampled, new EvaluationOptions { K = Deep, BootstrapSamples = 0 }).Evaluate("hybrid", slates, CancellationToken.None);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name}: {hidden.Count:N0} products hidden from training, "
            + $"{sampled.JudgedUsers.Count:N0} shoppers who chose one later: Recall@{Deep} {result[Metric.Recall]!.Value:0.0000}, by "
            + $"chance {(double)Deep / data.Products.Count:0.0000}, popularity 0"));
    }
}
