using Aisle.Evaluation.Metrics;
using Aisle.Factorization;
using CsCheck;

namespace Aisle.Tests.Evaluation.Metrics;

public sealed class BeyondAccuracyTests
{
    [Fact]
    public void Coverage_stands_beside_what_could_be_reached()
    {
        Coverage coverage = Coverage.Of([2, 0, 1, 0, 0, 0, 0, 0], places: 3);

        Assert.Equal(0.25, coverage.Share);
        Assert.Equal(0.375, coverage.Ceiling);
        Assert.Null(Coverage.Of([], places: 3).Share);
    }

    [Theory]
    [InlineData(new[] { 5, 5, 5, 5 }, 0.0)]
    [InlineData(new[] { 0, 0, 0, 9 }, 0.75)]
    [InlineData(new[] { 3, 1 }, 0.25)]
    public void Gini_measures_how_unequal_exposure_is(int[] exposures, double expected) =>
        Assert.Equal(expected, Gini.Of(exposures)!.Value, tolerance: 1e-12);

    [Fact]
    public void Gini_does_not_care_for_order_or_scale() => Gen.Int[0, 1000].Array[1, 20].Where(counts => counts.Sum() > 0).Sample(counts =>
        Assert.Equal(Gini.Of(counts)!.Value, Gini.Of([.. counts.Reverse().Select(count => 3 * count)])!.Value, tolerance: 1e-12));

    [Fact]
    public void Nothing_shown_has_no_gini() => Assert.Null(Gini.Of([0, 0]));

    [Fact]
    public void Novelty_is_the_mean_number_of_bits() =>
        Assert.Equal(2, Novelty.AtK([0, 1], [512, 128], userCount: 1024, k: 10)!.Value, tolerance: 1e-12);

    [Fact]
    public void Diversity_is_the_mean_distance_of_all_pairs()
    {
        FactorMatrix embeddings = new(4, 2, [2, 0, 0, 1, 5, 0, 0, 0]);

        Assert.Equal(2.0 / 3, IntraListDiversity.AtK([0, 1, 2], embeddings, k: 3)!.Value, tolerance: 1e-6);
        Assert.Equal(0, IntraListDiversity.AtK([0, 2, 1], embeddings, k: 2)!.Value, tolerance: 1e-6);
        Assert.Null(IntraListDiversity.AtK([0, 3], embeddings, k: 2));
        Assert.Null(IntraListDiversity.AtK([0], embeddings, k: 2));
    }
}
