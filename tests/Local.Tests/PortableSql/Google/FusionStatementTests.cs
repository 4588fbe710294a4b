using System.Numerics.Tensors;
using System.Text.Json.Nodes;
using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Content;
using Aisle.Events;
using Aisle.Factorization.Folding;
using Aisle.GoogleCloud.Training;
using Aisle.Numerics;
using Aisle.Sql;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>The hybrid in SQL (<c>google/Sql/Training/fusion.sql</c>) beside the hybrid in C#, over the same
/// source scores, on both engines.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class FusionStatementTests
{
    /// <summary>C# adds in single precision, SQL in double.</summary>
    private const double Tolerance = 3e-5;

    private static readonly ModelBundle Bundle = TwoTopicShop.Bundle();
    private static readonly DateTimeOffset Now = TwoTopicShop.AsOf;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<double, double, double, double> Shares => new() { { 0.6, 0.05, 0.35, 0.5 }, { 1.0, 0.0, 1.0, 0.0 }, { 0.0, 1.0, 0.0, 1.0 }, { 1.0, 0.1, 0.5, 0.25 } };

    [Theory]
    [MemberData(nameof(Shares))]
    public Task Fusion_in_SQL_gives_the_scores_and_sources_of_fusion_in_CSharp(double alpha, double beta, double neighbourShare, double walkShare) =>
        CompareAsync(new HybridOptions { Alpha = alpha, Beta = beta, NeighbourShare = neighbourShare, WalkShare = walkShare, LeaveOutPurchased = false });

    [Fact]
    public Task Tiers_of_their_own_are_fused_alike() => CompareAsync(new HybridOptions
    {
        ContentTier = new TierMix { Collaborative = 0.4, Beta = 0.2 },
        NeighbourTier = new TierMix { Collaborative = 0.3, Beta = 0 },
        LeaveOutPurchased = false,
    });

    private static async Task CompareAsync(HybridOptions options)
    {
        HybridRecommender recommender = new(Bundle, options);
        Dictionary<string, ShopperHistory> histories = Enumerable.Range(0, 24).ToDictionary(number => $"u{number}", number => History((ulong)number));
        Dictionary<string, Recommendation> expected = histories.ToDictionary(
            history => history.Key, history => recommender.Recommend(history.Value, Bundle.Products.Count, Now, among: null));
        SmallTables tables = new(Shoppers(expected), SourceScores(histories, options), ProductFacts(options));
        string statement = Statement(options);

        Assert.True(expected.Values.Select(recommendation => recommendation.Strategy).Distinct().Count() >= 3);
        Compare(expected, tables.OnDuckDb(statement));
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
        Compare(expected, await tables.OnEvaluatorAsync(statement, Token));
    }

    private static string Statement(HybridOptions options)
    {
        string fusion = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "google", "Sql", "Training", "fusion.sql"));
        Dictionary<string, object> values = TrainingValues.Of("v1", Now, new TrainingOptions { Hybrid = options }, new Dictionary<string, string>());
        return SqlTemplate.Fill(fusion, values);
    }

    /// <summary>1 to 9 products, most of one taste.</summary>
    private static ShopperHistory History(ulong seed)
    {
        SeededRandom random = new(seed);
        int[] products = [.. Enumerable.Range(0, 1 + (int)(seed % 9))
            .Select(_ => (2 * random.NextInt(TwoTopicShop.ProductCount / 2)) + (random.NextInt(5) == 0 ? 1 : 0)).Distinct()];
        return new ShopperHistory
        {
            Touched = [.. products.Select(product => new TouchedProduct(
                TwoTopicShop.Product(product), (float)(0.5 + (2 * random.NextDouble())), EventType.View, Now.AddHours(-product)))],
        };
    }

    private static JsonObject Shoppers(Dictionary<string, Recommendation> expected) => SmallTables.Table(
        "shoppers", [("user_id", "STRING"), ("strategy", "STRING")], expected.Select(shopper => new object?[] { shopper.Key, shopper.Value.Strategy.ToString() }));

    private static JsonObject ProductFacts(HybridOptions options) => SmallTables.Table(
        "product_facts",
        [("product_id", "STRING"), ("popularity", "FLOAT64"), ("newness", "FLOAT64")],
        Bundle.Products.Select((product, item) => new object?[]
        {
            product.Id.Value, (double)Bundle.Popularity.Damped(item), (double)Aisle.ColdStart.Newness.ScoreFactor(product, Now, options.NewProducts),
        }));

    private static JsonObject SourceScores(Dictionary<string, ShopperHistory> histories, HybridOptions options) => SmallTables.Table(
        "source_scores",
        [("user_id", "STRING"), ("product_id", "STRING"), ("factors", "FLOAT64"), ("walks", "FLOAT64"), ("content", "FLOAT64"), ("neighbours", "FLOAT64")],
        histories.SelectMany(history => SourceScores(history.Key, history.Value, options)));

    /// <summary>Raw scores of all products; NULL where a source does not know the product or the shopper.</summary>
    private static IEnumerable<object?[]> SourceScores(string user, ShopperHistory history, HybridOptions options)
    {
        TouchedProduct[] touched = [.. history.Touched.OrderBy(product => product.Product)];
        int[] items = [.. touched.Select(product => Bundle.Items.TryGetIndex(product.Product, out int item) ? item : -1)];
        float[] weights = [.. touched.Select(product => product.Weight)];
        bool hasFactor = items.Any(item => Bundle.ItemFactors[item].ContainsAnyExcept(0f));
        float[] factors = new FoldIn(Bundle.ItemFactors, Bundle.Factorization).Fold(items, weights).Factors.ToArray();
        float[] profile = new float[Bundle.Content.Embeddings.Width];
        bool hasContent = ContentProfile.Fill(Bundle.Content.Embeddings, items, weights, profile) > 0;
        double[] votes = Votes(items, options.Neighbours);
        double?[] walks = Walks(items, weights);
        return Enumerable.Range(0, Bundle.Products.Count).Select(item => new object?[]
        {
            user,
            Bundle.Products[item].Id.Value,
            hasFactor ? Dot(Bundle.ItemFactors[item], factors) : null,
            walks[item],
            hasContent ? Dot(Bundle.Content.Embeddings[item], profile) : null,
            votes[item] > 0 ? votes[item] : null,
        });
    }

    private static double? Dot(ReadOnlySpan<float> row, ReadOnlySpan<float> vector) => row.ContainsAnyExcept(0f) ? TensorPrimitives.Dot(row, vector) : null;

    /// <summary>Where walks lead from what was touched; null for a product that none leads to from anywhere.</summary>
    private static double?[] Walks(int[] items, float[] weights)
    {
        double?[] walks = new double?[Bundle.Products.Count];
        foreach (int item in Enumerable.Range(0, walks.Length).SelectMany(from => Bundle.Walks.ItemsOf(from).ToArray()))
        {
            walks[item] = 0;
        }

        for (int touched = 0; touched < items.Length; touched++)
        {
            for (int step = 0; step < Bundle.Walks.ItemsOf(items[touched]).Length; step++)
            {
                walks[Bundle.Walks.ItemsOf(items[touched])[step]] += weights[touched] * Bundle.Walks.WeightsOf(items[touched])[step];
            }
        }

        return walks;
    }

    private static double[] Votes(int[] items, int count)
    {
        double[] votes = new double[Bundle.Products.Count];
        (int User, double Similarity)[] nearest = [.. Enumerable.Range(0, Bundle.Neighbours.UserCount)
            .Select(user => (user, Overlap: Bundle.Neighbours.ItemsOf(user).ToArray().Intersect(items).Count()))
            .Where(user => user.Overlap > 0)
            .Select(user => (user.user, Similarity: user.Overlap / Math.Sqrt((double)items.Length * Bundle.Neighbours.ItemsOf(user.user).Length)))
            .OrderByDescending(user => (float)user.Similarity).ThenBy(user => user.user)
            .Take(count)];
        double total = nearest.Sum(user => user.Similarity);
        foreach ((int user, double similarity) in nearest)
        {
            foreach (int item in Bundle.Neighbours.ItemsOf(user))
            {
                votes[item] += similarity / total;
            }
        }

        return votes;
    }

    private static void Compare(Dictionary<string, Recommendation> expected, IReadOnlyList<IRow> actual)
    {
        ILookup<string, FusedRow> byShopper = actual
            .Select(row => new FusedRow(row.Text(0)!, row.Text(2)!, row.Number(3)!.Value, row.Text(4)!)).ToLookup(row => row.User);
        Assert.All(expected, shopper =>
        {
            Dictionary<string, FusedRow> rows = byShopper[shopper.Key].ToDictionary(row => row.Product);
            bool personal = shopper.Value.Strategy != Strategy.PopularityCohort;
            Assert.Equal(personal ? shopper.Value.Items.Count : 0, rows.Count);
            Assert.All(personal ? shopper.Value.Items : [], item =>
            {
                FusedRow row = rows[Bundle.Items[item.Item].Value];
                Assert.Equal(item.Score, row.Score, Tolerance);
                Assert.Equal(item.Source.ToString(), row.Source);
            });
        });
    }

    private sealed record FusedRow(string User, string Product, double Score, string Source);
}
