using Aisle.Statistics;
using Aisle.Statistics.Coverage;

namespace Aisle.Tests.Statistics;

public sealed class CoverageComparisonTests
{
    [Theory]
    [InlineData(1_000_000, 1_000_000, 40_000_000_000)]
    [InlineData(5_000, 2_000_000, 700_000_000)]
    [InlineData(2_000_000, 5_000, 700_000_000)]
    [InlineData(1_500, 1_500, 3_000_000)]
    public void Long_sums_equal_their_closed_form(long count, long drawn, long total)
    {
        double log = Enumerable.Range(0, (int)Math.Min(count, drawn)).Sum(j => double.LogP1(-(double)Math.Max(count, drawn) / (total - j)));

        double got = CoverageComparison.Rarefied([count], total, drawn);

        Assert.Equal(-double.ExpM1(log), got, 1e-11);
    }

    [Fact]
    public void Counts_near_the_largest_number_have_an_answer()
    {
        CoverageComparison got = CoverageComparison.Of([long.MaxValue - 5, 1, 4], [1, 1, 1], 3);

        Assert.Equal(ComparisonStatus.Ok, got.Status);
        Assert.Equal(1, got.RarefiedControl!.Value, 1e-12);
        Assert.Equal(3, got.RarefiedTreatment!.Value, 1e-12);
    }

    [Fact]
    public void More_impressions_than_can_be_counted_are_refused()
    {
        Assert.Equal(ComparisonStatus.InvalidInput, CoverageComparison.Of([long.MaxValue, 1], [1], 3).Status);
    }
}
