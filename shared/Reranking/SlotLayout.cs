namespace Aisle.Reranking;

/// <summary>Which position of a slate is for what, for slates of any length.</summary>
public static class SlotLayout
{
    private static readonly (SlotKind Kind, int Tenths)[] Shares =
    [
        (SlotKind.Primary, 4), (SlotKind.Secondary, 3), (SlotKind.Trending, 1), (SlotKind.Exploration, 1), (SlotKind.Surprise, 1),
    ];

    /// <summary>The kinds of all positions: of ten, 1–4 primary interest, 5–7 secondary, 8 trending, 9 new, 10
    /// surprise; other lengths in proportion.</summary>
    /// <param name="length">How many positions, not negative.</param>
    /// <remarks>Largest remainder (Hamilton's method), ties to the earlier kind: exact in whole tenths, no rounding error.</remarks>
    public static SlotKind[] Of(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        int[] counts = [.. Shares.Select(share => share.Tenths * length / 10)];
        int left = length - counts.Sum();
        foreach (int kind in Enumerable.Range(0, Shares.Length).OrderByDescending(kind => Shares[kind].Tenths * length % 10).Take(left))
        {
            counts[kind]++;
        }

        return [.. Shares.SelectMany((share, kind) => Enumerable.Repeat(share.Kind, counts[kind]))];
    }
}
