using Aisle.Evaluation.Metrics;
using CsCheck;

namespace Aisle.Tests.Evaluation.Metrics;

public sealed class StabilityIndexTests
{
    private static readonly Gen<Dictionary<int, long>> Counts = Gen.Dictionary(Gen.Int[0, 9], Gen.Long[1, 1_000])[1, 10];

    [Fact]
    public void By_hand()
    {
        // Half a count is added to each of two labels: 30.5 / 101 and 70.5 / 101 before, the other way round after.
        double before = 30.5 / 101;
        double after = 70.5 / 101;
        double expected = 2 * (after - before) * Math.Log(after / before);

        Assert.Equal(expected, StabilityIndex.OfCounts(Of(30, 70), Of(70, 30))!.Value, 12);
        Assert.Equal(expected, StabilityIndex.OfLabels(Repeat(30, 70), Repeat(70, 30))!.Value, 12);
    }

    [Fact]
    public void The_same_distribution_has_none_and_one_without_counts_has_no_answer()
    {
        Assert.Equal(0, StabilityIndex.OfCounts(Of(5, 5), Of(5, 5)));
        Assert.Null(StabilityIndex.OfCounts(Of(0, 0), Of(5, 5)));
        Assert.Null(StabilityIndex.OfNumbers([], [1.0], 10));
    }

    [Fact]
    public void It_is_never_negative_and_the_same_from_either_side() => Gen.Select(Counts, Counts).Sample((before, after) =>
    {
        double one = StabilityIndex.OfCounts(before, after)!.Value;
        double other = StabilityIndex.OfCounts(after, before)!.Value;
        Assert.True(one >= 0);
        Assert.Equal(one, other, 9);
    });

    private static Dictionary<string, long> Of(long first, long second) => new() { ["a"] = first, ["b"] = second };

    private static string[] Repeat(int first, int second) => [.. Enumerable.Repeat("a", first), .. Enumerable.Repeat("b", second)];
}
