using Aisle.RetrainTrigger.Features;
using CsCheck;

namespace Aisle.RetrainTrigger.Tests;

public sealed class PriceMeanTests
{
    private static readonly Gen<(long Price, double Weight)[]> Rows =
        Gen.Select(Gen.Long[0, 1_000_000_000_000], Gen.Double[1e-3, 1e6]).Array[1, 200];

    [Fact]
    public void Nothing_has_no_mean_and_what_has_no_weight_adds_nothing()
    {
        PriceMean one = default(PriceMean).With(500, 2);

        Assert.Null(default(PriceMean).Value);
        Assert.All([0, -1, double.NaN, double.PositiveInfinity], weight => Assert.Equal(one, one.With(9_999, weight)));
        Assert.Equal(500.0, one.Value);
    }

    [Fact]
    public void A_purchase_weighs_five_views() => Assert.Equal(((5 * 1200) + 600) / 6.0, default(PriceMean).With(1200, 5).With(600, 1).Value!.Value, 1e-9);

    [Fact]
    public void The_order_of_rows_does_not_change_a_bit() => Rows.SelectMany(rows => Gen.Shuffle(rows).Select(shuffled => (rows, shuffled))).Sample(pair => Mean(pair.rows) == Mean(pair.shuffled));

    [Fact]
    public void The_mean_is_that_of_decimal_arithmetic() => Rows.Sample(rows =>
    {
        decimal weights = rows.Sum(row => (decimal)row.Weight);
        decimal expected = rows.Sum(row => row.Price * ((decimal)row.Weight / weights));
        return Math.Abs(Mean(rows)!.Value - (double)expected) <= 1e-5 * Math.Max(1, (double)expected); // weights of 0.001 are kept to a millionth
    });

    [Fact]
    public void The_dearest_price_at_the_greatest_weight_overflows_nothing()
    {
        PriceMean mean = default;
        for (int i = 0; i < 1_000; i++)
        {
            mean = mean.With(long.MaxValue, double.MaxValue);
        }

        Assert.Equal((double)long.MaxValue, mean.Value!.Value, 1e6);
    }

    private static double? Mean((long Price, double Weight)[] rows) => rows.Aggregate(default(PriceMean), (mean, row) => mean.With(row.Price, row.Weight)).Value;
}
