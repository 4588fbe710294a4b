using Aisle.Reranking;
using CsCheck;

namespace Aisle.Tests.Reranking;

public sealed class SlotLayoutTests
{
    [Theory]
    [InlineData(10, "PPPPSSSTEU")]
    [InlineData(20, "PPPPPPPPSSSSSSTTEEUU")]
    [InlineData(5, "PPSST")] // 2, 1.5, 0.5, 0.5, 0.5: two are left for four equal remainders, and go to the first two of them
    [InlineData(4, "PPST")]
    [InlineData(3, "PST")]
    [InlineData(1, "P")]
    [InlineData(0, "")]
    public void Positions_are_shared_out_in_proportion(int length, string expected) =>
        Assert.Equal(expected, string.Concat(SlotLayout.Of(length).Select(Letter)));

    [Fact]
    public void Each_kind_gets_its_share_rounded_up_or_down() =>
        Gen.Int[0, 200].Sample(length =>
        {
            SlotKind[] layout = SlotLayout.Of(length);
            return layout.Length == length && new[] { (SlotKind.Primary, 4), (SlotKind.Secondary, 3), (SlotKind.Trending, 1), (SlotKind.Exploration, 1), (SlotKind.Surprise, 1) }
                .All(share => Math.Abs(layout.Count(kind => kind == share.Item1) - (share.Item2 * length / 10.0)) < 1);
        });

    private static char Letter(SlotKind kind) => kind switch
    {
        SlotKind.Primary => 'P',
        SlotKind.Secondary => 'S',
        SlotKind.Trending => 'T',
        SlotKind.Exploration => 'E',
        _ => 'U',
    };
}
