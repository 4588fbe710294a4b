using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Numerics;

public sealed class ExceedanceTests
{
    [Fact]
    public void The_kernel_finds_what_its_plain_twin_finds() =>
        Gen.Select(Gen.Float[-4, 4].Array[0, 70], Gen.Float[-5, 5], Gen.Int[0, 70]).Sample((values, bar, start) =>
        {
            int from = Math.Min(start, values.Length);

            Assert.Equal(Exceedance.Plain(values, from, bar), Exceedance.First(values, from, bar));
        });

    [Fact]
    public void What_equals_the_bar_or_is_no_number_does_not_exceed_it()
    {
        float[] values = [.. Enumerable.Repeat(2f, 20), float.NaN, 2.5f];

        Assert.Equal(21, Exceedance.First(values, 0, 2));
        Assert.Equal(-1, Exceedance.First(values, 0, 2.5f));
        Assert.Equal(0, Exceedance.First(values, 0, float.NegativeInfinity));
    }
}
