using Aisle.Candidates.Hybrid;
using Aisle.Candidates.Shoppers;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Tests.Candidates.Hybrid;

public sealed class HybridTunerTests
{
    private static readonly HybridOptions Start = new() { Alpha = 0.63 };

    [Fact]
    public void Each_tier_gets_the_share_that_did_best_for_its_own_shoppers()
    {
        HybridOptions tuned = Tune(options => Quality(0, full: -Math.Abs(options.Alpha - 0.8), middle: -Math.Abs(options.NeighbourShare - 0.2)));

        Assert.Equal((0.8, 0.2), (tuned.Alpha, tuned.NeighbourShare));
        Assert.Equal((Start.Beta, Start.WalkShare), (tuned.Beta, tuned.WalkShare));
    }

    [Fact]
    public void Walks_get_the_weight_that_did_best_for_all()
    {
        HybridOptions tuned = Tune(options => Quality(-Math.Abs(options.WalkShare - 0.75), full: 0, middle: 0));

        Assert.Equal(Start with { WalkShare = 0.75 }, tuned);
    }

    [Fact]
    public void A_tier_that_popularity_serves_best_gets_popularity_and_the_others_do_not()
    {
        HybridOptions tuned = Tune(options => new HybridQuality(0, new Dictionary<Strategy, double>
        {
            [Strategy.ContentOnly] = options.ContentTier.Beta ?? 0,
            [Strategy.ContentPlusNeighbours] = -options.NeighbourTier.Collaborative,
            [Strategy.FullHybrid] = 0,
        }));

        Assert.Equal(Start with { ContentTier = new TierMix { Beta = TierMix.MostBeta } }, tuned);
    }

    [Fact]
    public void A_tier_without_a_beta_of_its_own_keeps_the_one_that_was_best_for_it_when_the_full_hybrid_gets_another()
    {
        HybridOptions tuned = Tune(options => new HybridQuality(0, new Dictionary<Strategy, double>
        {
            [Strategy.ContentOnly] = -Math.Abs(options.BetaOf(Strategy.ContentOnly) - Start.Beta),
            [Strategy.FullHybrid] = options.Beta,
        }));

        Assert.Equal((TierMix.MostBeta, Start.Beta), (tuned.Beta, tuned.BetaOf(Strategy.ContentOnly)));
    }

    [Fact]
    public void A_tier_below_the_full_hybrid_gets_the_share_of_behaviour_that_did_best_for_it()
    {
        HybridOptions tuned = Tune(options => new HybridQuality(0, new Dictionary<Strategy, double>
        {
            [Strategy.ContentOnly] = -Math.Abs(options.ContentTier.Collaborative - 0.9),
            [Strategy.ContentPlusNeighbours] = -Math.Abs(options.NeighbourTier.Collaborative - 0.4),
        }));

        Assert.Equal((0.9, 0.4), (tuned.ContentTier.Collaborative, tuned.NeighbourTier.Collaborative));
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(double.NaN)]
    public void Nothing_changes_when_nothing_does_better(double quality) => Assert.Equal(Start, Tune(_ => Quality(quality, quality, quality)));

    [Theory]
    [InlineData(0.02, 0.8), InlineData(0.2, 0.63)]
    public void A_lead_that_is_less_than_its_error_moves_nothing(double error, double expected)
    {
        HybridOptions tuned = Tune(options => Quality(0, full: options.Alpha == 0.8 ? 0.5 : 0.4, middle: 0) with
        {
            ErrorsOfLead = new Dictionary<Strategy, double> { [Strategy.FullHybrid] = options.Alpha == Start.Alpha ? 0 : error },
        });

        Assert.Equal(expected, tuned.Alpha);
    }

    [Fact]
    public void Among_equals_the_share_nearest_to_the_present_wins() =>
        Assert.Equal(0.8, Tune(options => Quality(0, full: options.Alpha >= 0.75 ? 1 : 0, middle: 0)).Alpha);

    [Fact]
    public void A_search_without_time_keeps_what_there_is()
    {
        int judged = 0;
        HybridOptions tuned = new HybridTuner(TimeSpan.Zero, new FakeTimeProvider()).Tune(Start, Each(options => Quality(judged++, options.Alpha, 0)), CancellationToken.None);

        Assert.Equal(Start, tuned);
        Assert.Equal(0, judged);
    }

    [Fact]
    public void A_search_can_be_stopped() => Assert.Throws<OperationCanceledException>(() =>
        new HybridTuner(TimeSpan.FromMinutes(1), new FakeTimeProvider()).Tune(Start, Each(_ => Quality(0, 0, 0)), new CancellationToken(canceled: true)));

    private static HybridOptions Tune(Func<HybridOptions, HybridQuality> judge) =>
        new HybridTuner(TimeSpan.FromMinutes(1), new FakeTimeProvider()).Tune(Start, Each(judge), CancellationToken.None);

    private static Func<IReadOnlyList<HybridOptions>, IReadOnlyList<HybridQuality>> Each(Func<HybridOptions, HybridQuality> judge) => options => [.. options.Select(judge)];

    private static HybridQuality Quality(double overall, double full, double middle) =>
        new(overall, new Dictionary<Strategy, double> { [Strategy.FullHybrid] = full, [Strategy.ContentPlusNeighbours] = middle });
}
