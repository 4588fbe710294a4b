using Aisle.Candidates.Reasons;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Reranking;
using Aisle.ScoreUser.Answering;
using Aisle.ScoreUser.Requests;
using Aisle.Testing;

namespace Aisle.ScoreUser.Tests;

/// <summary>The logged propensity is the probability: whoever divides by it gets the right mean, whatever was shown.</summary>
public sealed class PropensityTests
{
    private const int Trials = 2_500;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mmr", "0.3", null, "")]
    [InlineData("dpp", "0.3", null, "")]
    [InlineData("slots", "0.3", null, """{"id":"no","action":"bury","factor":0.2,"match":{"products":["p038","p039"]}}""")] // else one of the two new products is listed already
    [InlineData("mmr", "0.3", 6, "")]
    [InlineData("slots", "0.3", 7, "", false)] // one drawable product is left for the one slot that explores
    [InlineData("mmr", "0.9", null, """{"id":"hero","action":"pin","match":{"products":["p007"]},"position":2}""")]
    [InlineData("dpp", "0.3", 6, """{"id":"no","action":"block","match":{"products":["p039"]}}""")]
    public async Task What_is_shown_as_often_as_its_propensity_says(string policy, string epsilon, int? cap, string rule, bool isByChance = true)
    {
        using World world = await WorldAsync(policy, epsilon, rule);
        world.Promise.Count([Shown(38)], TwoTopicShop.AsOf); // one of the two new products is owed less than the other
        SlateRequest request = new() { User = world.Pseudonymizer.UserOf("cook"), Limit = 10, IsShown = false, Caps = new SlateCaps(cap, null) };
        Dictionary<(int Rank, ProductId Product), (int Times, double Propensity)> met = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            foreach (SlateItem item in (await world.Scorer.ScoreAsync(request, Token)).Slate.Items)
            {
                (int times, double propensity) = met.GetValueOrDefault((item.Rank, item.Product), (0, item.Propensity));
                Assert.Equal(propensity, item.Propensity, 12); // the same request, the same chance
                met[(item.Rank, item.Product)] = (times + 1, propensity);
            }
        }

        Assert.All(met, entry =>
        {
            (int times, double p) = entry.Value;
            Assert.InRange(times, (Trials * p) - Spread(p), (Trials * p) + Spread(p));
        });
        Assert.All(met.GroupBy(entry => entry.Key.Rank), rank => Assert.InRange(rank.Sum(entry => entry.Value.Propensity), 0.99, 1 + 1e-9));
        Assert.Equal(10, met.Select(entry => entry.Key.Rank).Distinct().Count());
        Assert.Equal(isByChance, met.Any(entry => entry.Value.Propensity < 1));
    }

    [Fact]
    public async Task While_a_promise_is_being_kept_dividing_by_the_propensity_counts_every_request_once()
    {
        using World world = await WorldAsync("mmr", "0.5", "");
        SlateRequest request = new() { User = world.Pseudonymizer.UserOf("cook"), Limit = 3 };
        Dictionary<(int Rank, ProductId Product), (double Weighted, double Variance)> sums = [];
        for (int trial = 0; trial < Trials; trial++)
        {
            foreach (SlateItem item in (await world.Scorer.ScoreAsync(request, Token)).Slate.Items.Where(item => item.Slot == SlotKind.Exploration))
            {
                (double weighted, double variance) = sums.GetValueOrDefault((item.Rank, item.Product));
                sums[(item.Rank, item.Product)] = (weighted + (1 / item.Propensity), variance + ((1 - item.Propensity) / (item.Propensity * item.Propensity)));
            }
        }

        Assert.Equal(6, sums.Count); // two new products on three positions
        Assert.All(sums.Values, sum => Assert.Equal(Trials, sum.Weighted, 5 * Math.Sqrt(sum.Variance)));
    }

    /// <summary>Five standard errors of a count, and one for rare ones.</summary>
    private static double Spread(double p) => (5 * Math.Sqrt(Trials * p * (1 - p))) + 1;

    private static async Task<World> WorldAsync(string policy, string epsilon, string rule)
    {
        World world = await World.ServingAsync();
        await world.Experiments.TryWriteAsync(
            Some.Experiment("policy") with
            {
                StartsAt = TwoTopicShop.AsOf.AddDays(-1),
                EndsAt = TwoTopicShop.AsOf.AddDays(9),
                Variants = [new Variant("all", 0, 10000, new Dictionary<string, string> { ["policy"] = policy, ["epsilon"] = epsilon })],
            }, null, Token);
        await world.State.RefreshExperimentsAsync(Token);
        await world.TouchAsync("cook", EventType.View, 0, 2, 4, 6, 8, 10);
        if (rule.Length > 0)
        {
            await world.PutRulesAsync($$"""{"rules":[{{rule}}]}""");
        }

        return world;
    }

    private static ShownProduct Shown(int number) => new(TwoTopicShop.Products()[number], null, null, new Reason(ReasonCode.Popular, null, null), null);
}
