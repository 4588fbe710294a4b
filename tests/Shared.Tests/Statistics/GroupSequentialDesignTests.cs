using Aisle.Numerics;
using Aisle.Statistics.Sequential;

namespace Aisle.Tests.Statistics;

public sealed class GroupSequentialDesignTests
{
    [Fact]
    public void The_published_boundaries_of_five_equal_looks_are_reproduced()
    {
        GroupSequentialDesign design = GroupSequentialDesign.Of([0.2, 0.4, 0.6, 0.8, 1], 0.05, SpendingFunction.OBrienFleming, isTwoSided: true);

        Assert.Equal([4.877, 3.357, 2.680, 2.290, 2.031], design.Bounds.Select(bound => Math.Round(bound, 3)));
    }

    [Fact]
    public void Paths_without_effect_cross_as_often_as_the_error_allows()
    {
        const int Paths = 40_000;
        double[] fractions = [.. Enumerable.Range(1, 14).Select(day => day / 14.0)];
        GroupSequentialDesign design = GroupSequentialDesign.Of(fractions, 0.05, SpendingFunction.OBrienFleming, isTwoSided: true);
        SeededRandom random = new(20_260_101);

        int crossed = Enumerable.Range(0, Paths).Count(_ => Crosses(design, random));

        // Four standard errors of a share of 0.05.
        Assert.InRange((double)crossed / Paths, 0.05 - 0.0044, 0.05 + 0.0044);
    }

    [Theory]
    [InlineData(new double[] { }), InlineData(new[] { 0.5, 0.5 }), InlineData(new[] { 0.0, 1.0 }), InlineData(new[] { 0.5, 1.1 }), InlineData(new[] { double.NaN })]
    public void Fractions_that_do_not_rise_within_one_are_refused(double[] fractions) =>
        Assert.Throws<ArgumentException>(() => GroupSequentialDesign.Of(fractions, 0.05, SpendingFunction.Pocock, isTwoSided: true));

    private static bool Crosses(GroupSequentialDesign design, SeededRandom random)
    {
        double path = 0;
        double reached = 0;
        for (int look = 0; look < design.Bounds.Count; look++)
        {
            double fraction = design.Fractions[look];
            path += Math.Sqrt(fraction - reached) * random.NextNormal();
            reached = fraction;
            if (Math.Abs(path / Math.Sqrt(fraction)) >= design.Bounds[look])
            {
                return true;
            }
        }

        return false;
    }
}
