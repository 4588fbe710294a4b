using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Numerics;

public sealed class StudentTQuantileTests
{
    [Fact]
    public void The_quantile_of_a_tail_has_that_tail_for_any_degrees_of_freedom() =>
        Gen.Select(Gen.Double[-60, -0.31], Gen.Double[-0.3, 8]).Sample((tailExponent, freedomExponent) =>
        {
            double tail = Math.Pow(10, tailExponent);
            double freedom = Math.Pow(10, freedomExponent);
            double t = StudentT.UpperQuantile(tail, freedom);
            return t >= 0 && Math.Abs((StudentT.UpperTail(t, freedom) / tail) - 1) < 1e-8;
        });

    [Theory]
    [InlineData(0.5, 7, 0)]
    [InlineData(0.025, 1, 12.706204736174705)]
    [InlineData(0.025, 10, 2.2281388519862747)]
    [InlineData(0.0001624551505758769, 2_600, 3.601)]
    public void Known_quantiles_are_met(double tail, double freedom, double expected) =>
        Assert.Equal(expected, StudentT.UpperQuantile(tail, freedom), expected == 3.601 ? 5e-3 : 1e-12);
}
