using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Feedback;
using Aisle.Testing;

namespace Aisle.Tests.Candidates.Hybrid;

public sealed class CollaborativeBlendTests
{
    private static readonly IndexedHistory History = new([0, 1], [1, 2], DistinctProducts: 2, LeftOut: []);

    /// <summary>From item 0 walks reach item 2 (0.5); from item 1 items 2 (0.25) and 0 (0.75); nothing reaches items 1 and 3.</summary>
    private static readonly InteractionMatrix Walks = Matrix((0, 2, 0.5f), (1, 2, 0.25f), (1, 0, 0.75f));

    [Fact]
    public void Both_halves_are_divided_by_their_range_and_weighted()
    {
        HybridScores scores = Mixed(0.4f);

        // Walks: item 0 gets 2·0.75 = 1.5, the most; item 2 gets 0.5 + 2·0.25 = 1.
        Assert.Equal((0.6f * 4 / 2) + (0.4f * 1.5f / 1.5f), scores.Collaborative.Values[0], 1e-6f);
        Assert.Equal((0.6f * 3 / 2) + (0.4f * 1 / 1.5f), scores.Collaborative.Values[2], 1e-6f);
    }

    [Fact]
    public void A_product_that_no_walk_reaches_keeps_the_score_of_its_factors() => Assert.Equal(3f / 2, Mixed(0.4f).Collaborative.Values[3], 1e-6f);

    [Fact]
    public void Without_a_share_walks_change_nothing() => Assert.Equal([2f, 1.5f, 1.5f, 1.5f], Mixed(0).Collaborative.Values);

    [Fact]
    public void What_touched_products_add_sums_to_the_walks_score()
    {
        double[] parts = new double[History.Items.Length];
        new CollaborativeBlend(Walks, 0.4f).Explain(History, 2, parts);

        Assert.Equal([0.5, 0.5], parts);
        Assert.Equal(Mixed(0.4f).Walks[2], parts.Sum(), 1e-6);
    }

    [Fact]
    public void A_bundle_keeps_its_walks_from_save_to_load()
    {
        using TemporaryFolder folder = new();
        ModelBundle bundle = TwoTopicShop.Bundle();
        bundle.Save(folder.Path);

        InteractionMatrix loaded = ModelBundle.Load(folder.Path).Walks;

        Assert.NotEqual(0, loaded.Count);
        Assert.Equal(bundle.Walks.AllItems, loaded.AllItems);
        Assert.Equal(bundle.Walks.AllWeights, loaded.AllWeights);
        Assert.All(Enumerable.Range(0, loaded.UserCount), item => Assert.All(loaded.ItemsOf(item).ToArray(), other => Assert.Equal(item % 2, other % 2)));
    }

    private static HybridScores Mixed(float share)
    {
        HybridScores scores = new(4);
        float[] factors = [4, 3, 3, 3];
        factors.CopyTo(scores.Collaborative.Values, 0);
        new CollaborativeBlend(Walks, share).Mix(History, scores, factorRange: 2);
        return scores;
    }

    private static InteractionMatrix Matrix(params (int From, int To, float Weight)[] entries)
    {
        InteractionMatrixBuilder builder = new(4, 4);
        foreach ((int from, int to, float weight) in entries)
        {
            builder.Add(from, to, weight);
        }

        return builder.Build();
    }
}
