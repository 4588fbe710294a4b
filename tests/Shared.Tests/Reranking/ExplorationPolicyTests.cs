using Aisle.Numerics;
using Aisle.Reranking;
using CsCheck;

namespace Aisle.Tests.Reranking;

public sealed class ExplorationPolicyTests
{
    private const int Trials = 200_000;

    /// <summary>Five standard errors of a frequency over <see cref="Trials"/> draws, at its widest.</summary>
    private const double Tolerance = 0.0056;

    [Theory]
    [InlineData(new[] { 0.1, 0.1, 0.1 }, new[] { 1.0, 1.0, 1.0 })]
    [InlineData(new[] { 0.5, 0.0, 0.5, 0.5 }, new[] { 8.0, 1.0 })]
    [InlineData(new[] { 1.0, 1.0, 1.0 }, new[] { 1.0, 3.0 })]
    [InlineData(new[] { 0.3, 0.3 }, new[] { 1.0 })]
    public void Frequencies_match_the_stated_propensities(double[] chances, double[] weights)
    {
        int[,] seen = new int[chances.Length, weights.Length + 1];
        double[,] stated = new double[chances.Length, weights.Length + 1];
        for (int trial = 0; trial < Trials; trial++)
        {
            ExplorationDraw[] draws = ExplorationPolicy.Draw(chances, weights, SeededRandom.Derive(9, (ulong)trial));
            for (int position = 0; position < chances.Length; position++)
            {
                int outcome = draws[position].PoolIndex ?? weights.Length;
                seen[position, outcome]++;
                stated[position, outcome] = draws[position].Propensity;
            }
        }

        for (int position = 0; position < chances.Length; position++)
        {
            for (int outcome = 0; outcome <= weights.Length; outcome++)
            {
                Assert.Equal(stated[position, outcome], seen[position, outcome] / (double)Trials, Tolerance);
            }
        }
    }

    [Fact]
    public void No_product_is_drawn_twice_and_propensities_are_probabilities() =>
        Gen.Select(Gen.Double[0, 1].Array[0, 12], Gen.Double[0.01, 9].Array[0, 6], Gen.ULong).Sample((chances, weights, seed) =>
        {
            ExplorationDraw[] draws = ExplorationPolicy.Draw(chances, weights, new SeededRandom(seed));
            int[] drawn = [.. draws.Where(draw => draw.PoolIndex is not null).Select(draw => draw.PoolIndex!.Value)];
            return draws.Length == chances.Length && drawn.Distinct().Count() == drawn.Length
                && draws.All(draw => draw.Propensity is > 0 and <= 1 + 1e-12);
        });

    [Fact]
    public void Without_chance_or_pool_everything_stays_for_certain()
    {
        Assert.All(ExplorationPolicy.Draw([0, 0], [1], new SeededRandom(1)), draw => Assert.Equal(new ExplorationDraw(null, 1), draw));
        Assert.All(ExplorationPolicy.Draw([1, 1], [], new SeededRandom(1)), draw => Assert.Equal(new ExplorationDraw(null, 1), draw));
    }

    [Fact]
    public void What_may_not_be_drawn_has_no_weight()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExplorationPolicy.Draw([0.5], [0.0], new SeededRandom(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExplorationPolicy.Draw([1.5], [1.0], new SeededRandom(1)));
    }
}
