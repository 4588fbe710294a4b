using Aisle.Candidates;

namespace Aisle.Tests.Candidates;

public sealed class HybridTunerTests
{
    [Fact]
    public void Each_tier_gets_the_share_that_did_best_for_it()
    {
        HybridOptions tuned = HybridTuner.Tune(new HybridOptions(), options => new Dictionary<Strategy, double>
        {
            [Strategy.FullHybrid] = -Math.Abs(options.Alpha - 0.8),
            [Strategy.ContentPlusNeighbours] = -Math.Abs(options.NeighbourShare - 1),
        }, CancellationToken.None);

        Assert.Equal((0.8, 1), (tuned.Alpha, tuned.NeighbourShare));
    }

    [Fact]
    public void What_is_no_better_or_unknown_changes_nothing()
    {
        HybridOptions start = new() { Alpha = 0.63 };

        Assert.Equal(start, HybridTuner.Tune(start, _ => new Dictionary<Strategy, double> { [Strategy.FullHybrid] = 0.5 }, CancellationToken.None));
        Assert.Equal(start, HybridTuner.Tune(start, _ => new Dictionary<Strategy, double> { [Strategy.FullHybrid] = double.NaN }, CancellationToken.None));
    }

    [Fact]
    public void Of_equally_good_shares_the_one_nearest_to_the_start_wins() =>
        Assert.Equal(0.5, HybridTuner.Tune(
            new HybridOptions { Alpha = 0.6 }, options => new Dictionary<Strategy, double> { [Strategy.FullHybrid] = options.Alpha < 0.55 ? 1 : 0 }, CancellationToken.None).Alpha);

    [Fact]
    public void Tuning_can_be_stopped() =>
        Assert.Throws<OperationCanceledException>(() => HybridTuner.Tune(new HybridOptions(), _ => new Dictionary<Strategy, double>(), new CancellationToken(true)));
}
