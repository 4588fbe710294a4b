using Aisle.Evaluation.Metrics;
using CsCheck;

namespace Aisle.Tests.Evaluation.Metrics;

public sealed class RankingMetricTests
{
    private static readonly Gen<char[]> AnySlate = Gen.Shuffle("abcdefgh".ToCharArray());
    private static readonly Gen<HashSet<char>> AnyHoldout = Gen.Char['a', 'k'].HashSet[1, 6];

    [Theory]
    [InlineData("abc", "a", 1.0)]
    [InlineData("bac", "a", 0.63092975357145743)] // 1 / log2(3)
    [InlineData("bcd", "a", 0.0)]
    [InlineData("abcd", "ac", 0.91972078914818756)] // 1.5 / (1 + 1 / log2(3))
    [InlineData("a", "abcd", 0.46927872602275644)] // 1 / (1 + 1 / log2(3) + 0.5), the ideal is cut at k
    [InlineData("", "a", 0.0)]
    public void Ndcg_discounts_a_hit_by_its_rank(string slate, string holdout, double expected) =>
        Assert.Equal(expected, Ndcg.AtK(slate.AsSpan(), holdout.ToHashSet(), k: 3)!.Value, tolerance: 1e-12);

    [Theory]
    [InlineData("abcd", "bd", 2, 0.5, 0.5, 1, 0.5, 0.25)]
    [InlineData("abcd", "bd", 4, 0.5, 1, 1, 0.5, 0.5)]
    [InlineData("xy", "bd", 4, 0, 0, 0, 0, 0)]
    [InlineData("b", "bdef", 2, 0.5, 0.25, 1, 1, 0.5)]
    public void The_others_are_as_by_hand(string slate, string held, int k, double precision, double recall, double hit, double reciprocal, double average)
    {
        HashSet<char> holdout = [.. held];

        Assert.Equal(precision, Precision.AtK(slate.AsSpan(), holdout, k));
        Assert.Equal(recall, Recall.AtK(slate.AsSpan(), holdout, k));
        Assert.Equal(hit, HitRate.AtK(slate.AsSpan(), holdout, k));
        Assert.Equal(reciprocal, ReciprocalRank.AtK(slate.AsSpan(), holdout, k));
        Assert.Equal(average, AveragePrecision.AtK(slate.AsSpan(), holdout, k));
    }

    [Fact]
    public void None_rises_when_the_slate_is_cut_short() =>
        Gen.Select(AnySlate, AnyHoldout, Gen.Int[0, 7]).Sample((slate, holdout, length) =>
        {
            ReadOnlySpan<char> whole = slate;
            Assert.True(Ndcg.AtK(whole[..length], holdout, 8) <= Ndcg.AtK(whole, holdout, 8));
            Assert.True(Precision.AtK(whole[..length], holdout, 8) <= Precision.AtK(whole, holdout, 8));
            Assert.True(Recall.AtK(whole[..length], holdout, 8) <= Recall.AtK(whole, holdout, 8));
            Assert.True(AveragePrecision.AtK(whole[..length], holdout, 8) <= AveragePrecision.AtK(whole, holdout, 8));
            Assert.True(ReciprocalRank.AtK(whole[..length], holdout, 8) <= ReciprocalRank.AtK(whole, holdout, 8));
        });

    [Fact]
    public void A_slate_that_starts_with_the_whole_holdout_is_perfect() => AnyHoldout.Sample(holdout =>
    {
        char[] slate = [.. holdout.Order(), 'z'];

        Assert.Equal(1, Ndcg.AtK<char>(slate, holdout, 6)!.Value, tolerance: 1e-12);
        Assert.Equal(1, AveragePrecision.AtK<char>(slate, holdout, 6)!.Value, tolerance: 1e-12);
        Assert.Equal(1, Recall.AtK<char>(slate, holdout, 6));
    });

    [Fact]
    public void A_user_of_whom_nothing_was_held_out_has_no_metric()
    {
        Assert.Null(Ndcg.AtK("a".AsSpan(), new HashSet<char>(), 1));
        Assert.Null(Precision.AtK("a".AsSpan(), new HashSet<char>(), 1));
        Assert.Null(Serendipity.AtK("a".AsSpan(), new HashSet<char>(), new HashSet<char>(), 1));
    }

    [Fact]
    public void A_cut_that_is_not_positive_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Recall.AtK("a".AsSpan(), new HashSet<char>("a"), 0));

    [Fact]
    public void Serendipity_counts_only_hits_that_were_not_expected() =>
        Assert.Equal(0.25, Serendipity.AtK("abcd".AsSpan(), new HashSet<char>("ab"), new HashSet<char>("ac"), 4));
}
