using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Lists;
using Aisle.Candidates.Reasons;
using Aisle.Candidates.Shoppers;
using Aisle.ColdStart;
using Aisle.Events;
using Aisle.Factorization.Scoring;
using Aisle.Testing;

namespace Aisle.Tests.Candidates.Hybrid;

public sealed class HybridRecommenderTests
{
    private static readonly ModelBundle Bundle = TwoTopicShop.Bundle();
    private static readonly ModelBundle Silent = TwoTopicShop.Bundle(text: false);
    private static readonly HybridRecommender Hybrid = new(Bundle, TwoTopicShop.Recipe.Hybrid);

    [Theory]
    [InlineData(0, Strategy.PopularityCohort)]
    [InlineData(1, Strategy.ContentOnly)]
    [InlineData(2, Strategy.ContentOnly)]
    [InlineData(3, Strategy.ContentPlusNeighbours)]
    [InlineData(5, Strategy.ContentPlusNeighbours)]
    [InlineData(6, Strategy.FullHybrid)]
    [InlineData(9, Strategy.FullHybrid)]
    public void A_shopper_is_routed_by_the_number_of_distinct_products(int touched, Strategy expected) =>
        Assert.Equal(expected, Recommend(Hybrid, Even(touched)).Strategy);

    [Fact]
    public void Six_products_without_a_factor_are_no_full_hybrid() =>
        Assert.Equal(Strategy.ContentPlusNeighbours, StrategyRouter.Route(6, hasFactor: false, new HybridOptions()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_personal_tier_stays_with_the_topic_of_the_shopper(int touched)
    {
        Assert.All(Recommend(Hybrid, Even(touched)).Items, entry => Assert.Equal(0, entry.Item % 2));
        Assert.All(Recommend(Hybrid, Odd(touched)).Items, entry => Assert.Equal(1, entry.Item % 2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void A_shop_without_text_recommends_by_behaviour_alone(int touched)
    {
        Recommendation recommendation = Recommend(new HybridRecommender(Silent, TwoTopicShop.Recipe.Hybrid), Even(touched));

        Assert.All(recommendation.Items, entry => Assert.Equal(0, entry.Item % 2));
        Assert.All(recommendation.Items, entry => Assert.Null(entry.Components.Content));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Rounded_to_8_bits_a_list_holds_nearly_the_same_products_with_nearly_the_same_scores(int touched)
    {
        HybridRecommender rounded = HybridRecommender.Quantized(Bundle, TwoTopicShop.Recipe.Hybrid, new QuantizedRows(Bundle.Content.Embeddings));
        IReadOnlyList<ScoredItem> exact = Recommend(Hybrid, Even(touched)).Items;
        Dictionary<int, ScoredItem> found = Recommend(rounded, Even(touched)).Items.ToDictionary(item => item.Item);

        Assert.True(exact.Count(item => found.ContainsKey(item.Item)) >= 0.9 * exact.Count);
        Assert.All(exact.Where(item => found.ContainsKey(item.Item)), item => Assert.Equal(item.Score, found[item.Item].Score, 0.02f));
    }

    [Fact]
    public void The_fused_score_is_the_weighted_mean_of_the_scaled_sources_plus_damped_popularity()
    {
        HybridOptions options = TwoTopicShop.Recipe.Hybrid;
        foreach (ScoredItem entry in Recommend(Hybrid, Even(7)).Items)
        {
            ComponentScores c = entry.Components;
            double expected = (options.Alpha * c.Collaborative!.Value) + ((1 - options.Alpha) * c.Content!.Value) + (options.Beta * c.Popularity);

            Assert.Equal(expected * c.NewnessFactor, entry.Score, 1e-5);
            Assert.InRange(c.Collaborative.Value, 0, 1);
            Assert.InRange(c.Content.Value, 0, 1);
        }
    }

    [Fact]
    public void Weights_are_renormalised_over_the_sources_that_have_data()
    {
        SourceWeights full = SourceWeights.Of(Strategy.FullHybrid, new HybridOptions());

        Assert.Equal(new SourceWeights(0.6f, 0, 0), full.Among(collaborative: true, content: false, neighbours: false));
        Assert.Equal(new SourceWeights(0, 0, 1), full.Among(collaborative: false, content: false, neighbours: true));
        Assert.True(full.Among(collaborative: false, content: false, neighbours: false).None);

        HybridRecommender silent = new(Silent, TwoTopicShop.Recipe.Hybrid);
        Assert.All(Recommend(silent, Even(7)).Items.Where(entry => entry.Components.NewnessFactor == 1), entry =>
            Assert.Equal(entry.Components.Collaborative!.Value + (0.05 * entry.Components.Popularity), entry.Score, 1e-5));
    }

    [Theory]
    [InlineData(1, Strategy.ContentOnly)]
    [InlineData(4, Strategy.ContentPlusNeighbours)]
    public void Below_the_full_hybrid_behaviour_speaks_as_far_as_it_is_told_to(int touched, Strategy tier)
    {
        TierMix mix = new() { Collaborative = 0.5, Beta = 0.2 };
        HybridOptions options = TwoTopicShop.Recipe.Hybrid with { ContentTier = mix, NeighbourTier = mix, NeighbourShare = 0 };
        Recommendation recommendation = Recommend(new HybridRecommender(Bundle, options), Even(touched));

        Assert.Equal(tier, recommendation.Strategy);
        Assert.All(recommendation.Items, entry => Assert.Equal(
            ((0.5 * entry.Components.Collaborative!.Value) + (0.5 * entry.Components.Content!.Value) + (0.2 * entry.Components.Popularity)) * entry.Components.NewnessFactor,
            entry.Score, 1e-5));
    }

    [Fact]
    public void A_tier_with_the_largest_weight_of_popularity_ranks_by_it()
    {
        HybridOptions options = TwoTopicShop.Recipe.Hybrid with { ContentTier = new TierMix { Collaborative = 1, Beta = TierMix.MostBeta } };
        int[] listed = [.. Recommend(new HybridRecommender(Silent, options), Even(1)).Items.Select(entry => Silent.Popularity.ShoppersOf(entry.Item))];

        Assert.Equal(listed.Max(), listed[0]);
    }

    [Fact]
    public void Weights_learnt_for_a_model_stand_where_the_defaults_stood_and_nowhere_else()
    {
        HybridWeights learnt = HybridWeights.Of(new HybridOptions { Alpha = 0.9, Beta = 0.2, ContentTier = new TierMix { Collaborative = 0.7 } });

        HybridOptions served = learnt.In(new HybridOptions { Alpha = 0.8, ListLength = 7 });

        Assert.Equal(new HybridOptions { Alpha = 0.8, Beta = 0.2, ListLength = 7, ContentTier = new TierMix { Collaborative = 0.7 } }, served);
    }

    [Fact]
    public void Shares_of_a_tier_outside_their_range_are_refused_by_name()
    {
        Assert.Contains("ContentTier.Collaborative", Assert.Throws<ArgumentOutOfRangeException>(
            () => new HybridOptions { ContentTier = new TierMix { Collaborative = 1.1 } }.Validate()).Message, StringComparison.Ordinal);
        Assert.Contains("NeighbourTier.Beta", Assert.Throws<ArgumentOutOfRangeException>(
            () => new HybridOptions { NeighbourTier = new TierMix { Beta = double.NaN } }.Validate()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shopper_of_whom_nothing_known_is_left_gets_what_is_popular()
    {
        ShopperHistory stranger = new() { Touched = [new TouchedProduct(new ProductId("gone"), 1, EventType.View, TwoTopicShop.AsOf)] };

        Recommendation recommendation = Recommend(Hybrid, stranger);

        Assert.Equal(Strategy.PopularityCohort, recommendation.Strategy);
        Assert.Equal(Bundle.Popularity.Ranking.Take(10), recommendation.Items.Select(entry => entry.Item));
    }

    [Fact]
    public void A_new_visitor_gets_what_their_cohort_likes()
    {
        Recommendation french = Recommend(Hybrid, ShopperHistory.Empty with { Cohort = new Cohort(null, "FR", "tv") });

        Assert.All(french.Items, entry => Assert.Equal(1, entry.Item % 2));
    }

    [Fact]
    public void A_first_click_changes_the_next_list()
    {
        ScoredItem before = Recommend(Hybrid, ShopperHistory.Empty).Items[0];
        Recommendation after = Recommend(Hybrid, TwoTopicShop.History(before.Item % 2 == 0 ? 1 : 0));

        Assert.NotEqual(before.Item % 2, after.Items[0].Item % 2);
    }

    [Fact]
    public void A_new_product_is_found_by_its_content_and_gets_a_bonus_that_ends_after_a_week()
    {
        const int New = TwoTopicShop.ProductCount - 2;
        ShopperHistory cook = Even(8);
        ScoredItem Scored(double days) => Hybrid.Score(cook, [New], new DateTimeOffset(2026, 2, 27, 0, 0, 0, TimeSpan.Zero).AddDays(days))[0];

        Assert.Equal(0, Bundle.Popularity.ShoppersOf(New));
        Assert.True(Scored(7).Components.Collaborative > 0.3, "It inherits factors.");
        Assert.Equal(1.15, Scored(0).Score / Scored(7).Score, 1e-4);
        Assert.Equal(CandidateSource.NewProduct, Scored(0).Source);
        Assert.NotEqual(CandidateSource.NewProduct, Scored(7).Source);
    }

    [Fact]
    public void What_was_bought_is_left_out_and_what_was_seen_is_left_out_only_on_request()
    {
        ShopperHistory history = Even(6);
        history = history with { Touched = [history.Touched[0] with { Strongest = EventType.Purchase }, .. history.Touched.Skip(1)] };
        int bought = Bundle.Items.TryGetIndex(history.Touched[0].Product, out int item) ? item : -1;
        int[] Listed(HybridOptions options) => [.. new HybridRecommender(Bundle, options).Recommend(history, 40, TwoTopicShop.AsOf, null).Items.Select(e => e.Item)];

        Assert.Equal(39, Listed(new HybridOptions()).Length);
        Assert.DoesNotContain(bought, Listed(new HybridOptions()));
        Assert.Equal(34, Listed(new HybridOptions { LeaveOutTouched = true }).Length);
        Assert.Equal(40, Listed(new HybridOptions { LeaveOutPurchased = false }).Length);
    }

    [Fact]
    public void Only_what_is_allowed_is_listed_and_all_of_it_if_there_is_room()
    {
        int[] listed = [.. Hybrid.Recommend(Even(7), 100, TwoTopicShop.AsOf, item => item % 5 == 0).Items.Select(entry => entry.Item)];

        Assert.Equal([0, 5, 10, 15, 20, 25, 30, 35], listed.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void The_contributions_of_touched_products_explain_the_score_up_to_the_shift_of_the_scale(int touched)
    {
        ShopperHistory history = Even(touched);
        ScoredItem[] scored = [.. Hybrid.Score(history, [20, 22, 38], TwoTopicShop.AsOf.AddDays(30))];
        double[] sums = [.. scored.Select(entry => Hybrid.Explain(history, entry.Item).Sum(contribution => contribution.Amount))];
        double[] fused = [.. scored.Select(entry => entry.Score - (0.05 * entry.Components.Popularity))];

        Assert.Equal(fused[0] - fused[1], sums[0] - sums[1], 1e-4);
        Assert.Equal(fused[0] - fused[2], sums[0] - sums[2], 1e-4);
        Assert.Equal(1, Hybrid.Explain(history, 20).Sum(contribution => contribution.Share), 1e-9);
    }

    [Fact]
    public void The_reason_names_the_touched_product_that_speaks_most()
    {
        ShopperHistory history = TwoTopicShop.History(1, 0);
        history = history with { Touched = [history.Touched[0], history.Touched[1] with { Strongest = EventType.Purchase, Weight = 3 }] };
        ReasonFinder reasons = new(Hybrid);

        Reason kitchen = reasons.Find(history, item: 4, TwoTopicShop.AsOf);
        Reason garden = reasons.Find(history, item: 5, TwoTopicShop.AsOf);

        Assert.Equal((ReasonCode.BecauseYouBought, TwoTopicShop.Product(0)), (kitchen.Code, kitchen.Product!.Value));
        Assert.Equal((ReasonCode.BecauseYouViewed, TwoTopicShop.Product(1)), (garden.Code, garden.Product!.Value));
        Assert.InRange(kitchen.Share!.Value, 0.5, 1);
        Assert.Equal(ReasonCode.Popular, reasons.Find(ShopperHistory.Empty, 4, TwoTopicShop.AsOf).Code);
        Assert.Equal(ReasonCode.NewArrival, reasons.Find(ShopperHistory.Empty, 38, TwoTopicShop.AsOf).Code);
    }

    [Theory]
    [InlineData(1, CandidateSource.Content)]
    [InlineData(4, CandidateSource.Neighbours)]
    [InlineData(8, CandidateSource.Collaborative)]
    public void A_slate_gets_its_reasons_from_the_source_that_brought_each_product(int touched, CandidateSource source)
    {
        ShopperHistory history = Even(touched);
        IReadOnlyList<Reason> reasons = new ReasonFinder(Hybrid).Find(
            history, [new ShownItem(20, source), new ShownItem(22, source), new ShownItem(24, CandidateSource.Popularity)], TwoTopicShop.AsOf);

        Assert.All(reasons.Take(2), reason => Assert.Equal(ReasonCode.BecauseYouViewed, reason.Code));
        Assert.All(reasons.Take(2), reason => Assert.InRange(reason.Share!.Value, 1.0 / touched - 1e-9, 1));
        Assert.Null(reasons[2].Product);
    }

    [Fact]
    public void Every_reason_has_a_name_and_words()
    {
        Assert.Equal("because_you_bought", ReasonCode.BecauseYouBought.WireName());
        Assert.All(Enum.GetValues<ReasonCode>(), code =>
        {
            Assert.NotEmpty(ReasonText.Of(code, "Cup"));
            Assert.NotEmpty(ReasonText.Of(code, null));
        });
    }

    private static ShopperHistory Even(int count) => TwoTopicShop.History([.. Enumerable.Range(0, count).Select(i => 2 * i)]);

    private static ShopperHistory Odd(int count) => TwoTopicShop.History([.. Enumerable.Range(0, count).Select(i => (2 * i) + 1)]);

    private static Recommendation Recommend(HybridRecommender hybrid, ShopperHistory history) => hybrid.Recommend(history, 10, TwoTopicShop.AsOf, among: null);
}
