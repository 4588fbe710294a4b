using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Testing;

namespace Aisle.Tests.Candidates.Lists;

public sealed class CandidateListTests
{
    /// <summary>Scores lie around 1; the two ways sum float32 products in other orders.</summary>
    private const float Rounding = 1e-4f;

    private static readonly ModelDraft Draft = TwoTopicShop.Draft();
    private static readonly HybridRecommender Hybrid = new(new ModelBundleTrainer(TwoTopicShop.Recipe).Finish(Draft, "v1", TwoTopicShop.AsOf), TwoTopicShop.Recipe.Hybrid);
    private static readonly CandidateListBuilder Builder = new(Draft, Hybrid, TwoTopicShop.CohortOf);

    [Fact]
    public void Batches_of_any_size_give_the_same_lists()
    {
        Assert.Equal(TwoTopicShop.ShopperCount, Builder.UserCount);
        CandidateList[] atOnce = [.. Builder.Build(0, 1000, TwoTopicShop.AsOf, CancellationToken.None)];
        CandidateList[] inBatches = [.. Enumerable.Range(0, 9).SelectMany(batch => Builder.Build(batch * 7, 7, TwoTopicShop.AsOf, CancellationToken.None))];

        Assert.Equal(atOnce.Select(list => list.User), inBatches.Select(list => list.User));
        Assert.All(atOnce.Zip(inBatches), pair => Assert.Equal(pair.First.Items, pair.Second.Items));
        Assert.Empty(Builder.Build(TwoTopicShop.ShopperCount, 7, TwoTopicShop.AsOf, CancellationToken.None));
    }

    [Fact]
    public void Scoring_in_blocks_gives_what_scoring_one_by_one_gives()
    {
        for (int shopper = 0; shopper < Builder.UserCount; shopper++)
        {
            CandidateList list = Builder.Build(shopper, 1, TwoTopicShop.AsOf, CancellationToken.None)[0];
            int[] touched = Draft.Training.Interactions.ItemsOf(shopper).ToArray();
            IndexedHistory history = new(touched, Draft.Training.Interactions.WeightsOf(shopper).ToArray(), touched.Length, Draft.Groups!.Purchases.ItemsOf(shopper).ToArray());

            Recommendation alone = Hybrid.Recommend(history, TwoTopicShop.CohortOf(list.User) ?? Cohort.Everybody, 100, TwoTopicShop.AsOf, among: null);

            Assert.Equal(alone.Strategy, list.Strategy);
            Assert.Equal(alone.Items.Count, list.Items.Count);
            foreach ((ScoredItem expected, Candidate actual) in alone.Items.Zip(list.Items))
            {
                Assert.Equal(expected.Score, actual.Score, Rounding);
                Assert.True(
                    TwoTopicShop.Product(expected.Item) == actual.Product || alone.Items.Any(other => TwoTopicShop.Product(other.Item) == actual.Product && Math.Abs(other.Score - actual.Score) < Rounding),
                    "Only products whose scores are equal but for rounding may change places.");
            }
        }
    }

    [Fact]
    public void A_list_has_no_product_twice_and_none_that_its_shopper_bought()
    {
        foreach (CandidateList list in Builder.Build(0, 1000, TwoTopicShop.AsOf, CancellationToken.None))
        {
            Assert.Equal(list.Items.Count, list.Items.Select(item => item.Product).Distinct().Count());
            Assert.DoesNotContain(list.Items, item => TwoTopicShop.OrderLines.Any(line => line.User == list.User && line.Product == item.Product));
        }
    }

    [Fact]
    public void A_live_history_of_the_same_weights_gives_the_list_that_was_precomputed()
    {
        CandidateList list = Builder.Build(10, 1, TwoTopicShop.AsOf, CancellationToken.None)[0];
        TouchedProduct[] touched = [.. Draft.Training.Interactions.ItemsOf(10).ToArray().Zip(Draft.Training.Interactions.WeightsOf(10).ToArray())
            .Select(pair => new TouchedProduct(TwoTopicShop.Product(pair.First), pair.Second, EventType.View, TwoTopicShop.AsOf))];

        Recommendation live = Hybrid.Recommend(new ShopperHistory { Touched = touched }, 100, TwoTopicShop.AsOf, null);

        Assert.Equal(list.Items.Select(item => item.Product), live.Items.Select(entry => TwoTopicShop.Product(entry.Item)));
    }

    [Fact]
    public void What_cannot_be_bought_is_not_listed()
    {
        TrainingSetBuilder builder = new(TwoTopicShop.Products().Select(product => product with { InStock = product.Id.Value != "p004" }), TwoTopicShop.Recipe, TwoTopicShop.AsOf);
        for (int shopper = 0; shopper < 10; shopper++)
        {
            builder.Add(TwoTopicShop.Shopper(shopper), TwoTopicShop.Product(4), 1, TwoTopicShop.AsOf);
            builder.Add(TwoTopicShop.Shopper(shopper), TwoTopicShop.Product(2 * shopper), 1, TwoTopicShop.AsOf);
        }

        ModelDraft draft = new(builder.Build());
        ModelBundleTrainer trainer = new(TwoTopicShop.Recipe);
        trainer.TrainFactors(draft, null, CancellationToken.None);
        trainer.EmbedContent(draft, CancellationToken.None);
        trainer.PlaceNewProducts(draft, CancellationToken.None);
        trainer.RankPopularity(draft, _ => null);
        trainer.FindNeighbours(draft, [], CancellationToken.None);
        HybridRecommender hybrid = new(trainer.Finish(draft, "v", TwoTopicShop.AsOf), TwoTopicShop.Recipe.Hybrid);

        using CandidateListBuilder listed = new(draft, hybrid, _ => null);
        IReadOnlyList<CandidateList> lists = listed.Build(0, 100, TwoTopicShop.AsOf, CancellationToken.None);

        Assert.All(lists, list => Assert.DoesNotContain(list.Items, item => item.Product == TwoTopicShop.Product(4)));
    }

    [Fact]
    public void Rows_that_say_nothing_are_counted_and_left_out()
    {
        TrainingSetBuilder builder = new(TwoTopicShop.Products(), TwoTopicShop.Recipe, TwoTopicShop.AsOf);
        foreach (double score in new[] { 0, -1, double.NaN, double.PositiveInfinity, 1e300, 1e-300 })
        {
            builder.Add(TwoTopicShop.Shopper(0), TwoTopicShop.Product(0), score, TwoTopicShop.AsOf);
        }

        builder.Add(TwoTopicShop.Shopper(0), new ProductId("gone"), 1, TwoTopicShop.AsOf);
        builder.Add(TwoTopicShop.Shopper(0), TwoTopicShop.Product(1), 1, TwoTopicShop.AsOf.AddDays(-2));
        TrainingSet training = builder.Build();

        Assert.Equal((6, 1, 1), (training.UselessRows, training.UnknownProductRows, training.Interactions.Count));
        Assert.Equal(TwoTopicShop.AsOf.AddDays(-2), training.NewestEventAt);
        Assert.Equal((1, 0), (training.RecentShoppers[1], training.EarlierShoppers[1]));
    }

    [Fact]
    public void A_catalogue_that_names_a_product_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => new TrainingSetBuilder([.. TwoTopicShop.Products(), TwoTopicShop.Products()[3]], TwoTopicShop.Recipe, TwoTopicShop.AsOf));

    [Fact]
    public void Without_an_interaction_nothing_can_be_trained() =>
        Assert.Throws<ArgumentException>(() => new ModelBundleTrainer(TwoTopicShop.Recipe).TrainFactors(
            new ModelDraft(new TrainingSetBuilder(TwoTopicShop.Products(), TwoTopicShop.Recipe, TwoTopicShop.AsOf).Build()), null, CancellationToken.None));
}
