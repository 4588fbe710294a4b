using Aisle.Statistics.Calibration;
using CsCheck;

namespace Aisle.Tests.Statistics.Calibration;

public sealed class BinomialRateTests
{
    [Fact]
    public void The_interval_of_ten_in_a_hundred_is_wilsons()
    {
        // Published for 10 of 100 at 95 %: 0.0552 to 0.1744.
        (double low, double high) = new BinomialRate(10, 100).Interval(0.05)!.Value;

        Assert.Equal(0.0552, low, 4);
        Assert.Equal(0.1744, high, 4);
    }

    [Fact]
    public void The_interval_holds_the_rate_and_stays_within_zero_and_one() =>
        Gen.Select(Gen.Int[1, 5000], Gen.Int[0, 5000], Gen.Double[1e-6, 0.5]).Sample((trials, count, alpha) =>
        {
            BinomialRate rate = new(Math.Min(count, trials), trials);
            (double low, double high) = rate.Interval(alpha)!.Value;
            return low >= 0 && high <= 1 && low <= rate.Rate && rate.Rate <= high;
        });

    [Fact]
    public void Without_trials_there_is_no_rate()
    {
        BinomialRate none = new(0, 0);

        Assert.Null(none.Rate);
        Assert.Null(none.Interval(0.05));
        Assert.False(none.Agrees(0.05, 4));
    }
}
