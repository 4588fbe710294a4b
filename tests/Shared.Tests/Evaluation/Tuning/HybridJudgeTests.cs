using Aisle.Candidates;
using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Aisle.Candidates.Training;
using Aisle.Evaluation.Holdouts;
using Aisle.Evaluation.Tuning;
using Aisle.Events;
using Aisle.Feedback;
using Aisle.Testing;

namespace Aisle.Tests.Evaluation.Tuning;

public sealed class HybridJudgeTests
{
    private static readonly ModelDraft Draft = TwoTopicShop.Draft();
    private static readonly ModelBundle Bundle = new ModelBundleTrainer(TwoTopicShop.Recipe).Finish(Draft, "v1", TwoTopicShop.AsOf);
    private static readonly HybridOptions Options = TwoTopicShop.Recipe.Hybrid;

    [Fact]
    public void A_tier_nobody_is_in_is_judged_by_longer_histories_cut_short()
    {
        HybridQuality quality = new HybridJudge(Bundle, NextOfTheOwnTopic(), Options, seed: 1).Of([Options], CancellationToken.None)[0];

        Assert.All(Draft.Training.Users.Ids, user => Assert.True(HistoryOf(user).Length >= Options.FullHybridFrom));
        Assert.Equal([Strategy.ContentOnly, Strategy.ContentPlusNeighbours, Strategy.FullHybrid], quality.ByTier.Keys.Order());
        Assert.All(quality.ByTier.Values, value => Assert.InRange(value, 0.1, 1));
    }

    [Fact]
    public void Weights_of_one_tier_move_the_quality_of_that_tier_alone()
    {
        HybridJudge judge = new(Bundle, NextOfTheOwnTopic(), Options, seed: 1);
        HybridQuality before = judge.Of([Options], CancellationToken.None)[0];
        HybridQuality after = judge.Of([Options with { ContentTier = new TierMix { Beta = TierMix.MostBeta } }], CancellationToken.None)[0];

        Assert.NotEqual(before.ByTier[Strategy.ContentOnly], after.ByTier[Strategy.ContentOnly]);
        Assert.Equal(before.ByTier[Strategy.ContentPlusNeighbours], after.ByTier[Strategy.ContentPlusNeighbours]);
        Assert.Equal(before.ByTier[Strategy.FullHybrid], after.ByTier[Strategy.FullHybrid]);
    }

    [Fact]
    public void Options_judged_together_are_judged_as_each_alone()
    {
        HybridJudge judge = new(Bundle, NextOfTheOwnTopic(), Options, seed: 1);
        HybridOptions[] options =
        [
            Options, Options with { Alpha = 0 }, Options with { WalkShare = 1 }, Options with { WalkShare = 0, Beta = 1 }, Options with { Alpha = 1, NeighbourShare = 1 },
            Options with { Neighbours = 3 }, Options,
        ];

        IReadOnlyList<HybridQuality> together = judge.Of(options, CancellationToken.None);

        foreach ((HybridOptions option, HybridQuality quality) in options.Zip(together))
        {
            HybridQuality alone = judge.Of([option], CancellationToken.None)[0];
            Assert.Equal(alone.Overall, quality.Overall);
            Assert.Equal(alone.ByTier, quality.ByTier);
        }
    }

    [Fact]
    public void A_lead_has_the_error_of_the_differences_of_single_shoppers_and_the_first_has_none()
    {
        IReadOnlyList<HybridQuality> judged = new HybridJudge(Bundle, NextOfTheOwnTopic(), Options, seed: 1)
            .Of([Options, Options with { Beta = TierMix.MostBeta, ContentTier = new TierMix { Beta = Options.Beta } }, Options], CancellationToken.None);

        Assert.Equal((0.0, 0.0), (judged[0].ErrorOfLead, judged[2].ErrorOfLead));
        Assert.InRange(judged[1].ErrorsOfLead[Strategy.FullHybrid], 1e-6, 0.2);
        Assert.Equal(0, judged[1].ErrorsOfLead[Strategy.ContentOnly]);
    }

    [Fact]
    public void The_same_seed_judges_alike()
    {
        HybridQuality one = new HybridJudge(Bundle, NextOfTheOwnTopic(), Options, seed: 3).Of([Options], CancellationToken.None)[0];
        HybridQuality two = new HybridJudge(Bundle, NextOfTheOwnTopic(), Options, seed: 3).Of([Options], CancellationToken.None)[0];

        Assert.Equal(one.Overall, two.Overall);
        Assert.Equal(one.ByTier, two.ByTier);
    }

    [Fact]
    public void A_tier_with_too_few_shoppers_is_not_judged()
    {
        HybridQuality quality = new HybridJudge(Bundle, NextOfTheOwnTopic().Sampled(19, seed: 1), Options, seed: 1).Of([Options], CancellationToken.None)[0];

        Assert.Empty(quality.ByTier);
    }

    [Fact]
    public void A_holdout_of_other_items_is_refused() =>
        Assert.Throws<ArgumentException>(() => new HybridJudge(Bundle, new Holdout(new InteractionMatrixBuilder(1, 2).Build(), new InteractionMatrixBuilder(1, 2).Build()), Options, seed: 1));

    private static int[] HistoryOf(UserId user)
    {
        Draft.Training.Users.TryGetIndex(user, out int index);
        return Draft.Training.Interactions.ItemsOf(index).ToArray();
    }

    /// <summary>Every shopper goes on to choose all products of the own topic that they do not have.</summary>
    private static Holdout NextOfTheOwnTopic()
    {
        InteractionMatrix train = Draft.Training.Interactions;
        InteractionMatrixBuilder held = new(train.UserCount, train.ItemCount);
        for (int user = 0; user < train.UserCount; user++)
        {
            int topic = train.ItemsOf(user)[0] % 2;
            for (int item = topic; item < train.ItemCount; item += 2)
            {
                held.Add(user, item, 1);
            }
        }

        return new Holdout(train, held.Build());
    }
}
