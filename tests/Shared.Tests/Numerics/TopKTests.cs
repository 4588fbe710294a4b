using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Numerics;

public sealed class TopKTests
{
    [Fact]
    public void It_is_the_head_of_the_sorted_list() =>
        Gen.Select(Gen.Int[0, 9].Array[0, 60], Gen.Int[1, 20], Gen.Int[0, 59].Array[0, 10]).Sample((values, k, out_) =>
        {
            float[] scores = [.. values.Select(value => (float)value)];
            int[] excluded = [.. out_.Where(index => index < scores.Length).Distinct().Order()];
            int[] expected = [.. Enumerable.Range(0, scores.Length).Except(excluded).OrderByDescending(index => scores[index]).ThenBy(index => index).Take(k)];

            Assert.Equal(expected, TopK.Of(scores, k, excluded).Select(scored => scored.Index));
        });

    [Fact]
    public void NaN_is_never_kept() => Assert.Equal([new ScoredIndex(1, 2)], TopK.Of([float.NaN, 2, float.NaN], k: 3));

    [Fact]
    public void A_k_that_is_not_positive_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new TopK(0));
}
