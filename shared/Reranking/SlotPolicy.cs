namespace Aisle.Reranking;

/// <summary>Gives each position to the kind of product that it is reserved for.</summary>
/// <remarks>The rare kinds choose first (trend, surprise), then the interests, strongest first. A slot whose kind has run dry goes to the
/// best candidate left, and what stands in the slot for new products is only what stays when exploration draws nothing.</remarks>
internal static class SlotPolicy
{
    private static readonly SlotKind[] Order = [SlotKind.Trending, SlotKind.Surprise, SlotKind.Primary, SlotKind.Secondary];

    /// <summary>Fills all open positions, as far as candidates go.</summary>
    public static void Fill(SlateBoard board, SlateInput input)
    {
        SlotKind[] layout = SlotLayout.Of(board.Length);
        foreach (SlotKind kind in Order)
        {
            for (int position = 0; position < layout.Length; position++)
            {
                if (layout[position] == kind && board.IsOpen(position) && First(board, PoolOf(kind, input)) is { } candidate)
                {
                    board.Put(position, candidate, kind);
                }
            }
        }

        for (int position = 0; position < layout.Length; position++)
        {
            if (board.IsOpen(position) && First(board, input.Candidates.Concat(input.BackFill)) is { } candidate)
            {
                board.Put(position, candidate, layout[position] == SlotKind.Exploration ? SlotKind.Exploration : SlotKind.Ranked);
            }
        }
    }

    private static IEnumerable<SlateCandidate> PoolOf(SlotKind kind, SlateInput input) => kind switch
    {
        SlotKind.Trending => input.Trending,
        SlotKind.Primary => input.Candidates.Where(candidate => candidate.Category is not null && candidate.Category == input.Interests.Primary),
        SlotKind.Secondary => input.Candidates.Where(candidate =>
            candidate.Category is not null && input.Interests.Secondary.Contains(candidate.Category)),
        _ => input.Candidates.Concat(input.BackFill).Where(candidate =>
            candidate.Category is not null && input.Interests.Touched.Count > 0 && !input.Interests.Touched.Contains(candidate.Category)),
    };

    private static SlateCandidate? First(SlateBoard board, IEnumerable<SlateCandidate> pool)
    {
        foreach (SlateCandidate candidate in pool)
        {
            if (board.Takes(candidate))
            {
                return candidate;
            }
        }

        return null;
    }
}
