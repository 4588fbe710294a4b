using Aisle.Numerics;
using CsCheck;
using MathNet.Numerics;

namespace Aisle.Tests.Numerics;

public sealed class NormalTests
{
    [Fact]
    public void The_upper_tail_is_half_the_complementary_error_function() => Gen.Double[-6, 25].Sample(z =>
        Math.Abs((Normal.UpperTail(z) / (0.5 * SpecialFunctions.Erfc(z / Math.Sqrt(2)))) - 1) < 1e-10);

    [Fact]
    public void The_quantile_of_a_tail_has_that_tail() => Gen.Double[-300, -0.0001].Select(exponent => Math.Pow(10, exponent)).Sample(tail =>
        Math.Abs((Normal.UpperTail(Normal.UpperQuantile(tail)) / tail) - 1) < 1e-10);

    [Fact]
    public void A_two_sided_error_of_a_twentieth_lies_beyond_1_96() => Assert.Equal(1.959963984540054, Normal.UpperQuantile(0.025), 1e-14);
}
