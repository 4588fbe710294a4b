namespace Aisle.Reranking;

/// <summary>Lets the last positions give way to the best products of a kind of which the slate shows too few.</summary>
/// <remarks>Pins stay, and so does what another floor needs; caps hold. O(floors · missing · (positions² + candidates)), and
/// nothing where there is no floor.</remarks>
/// <param name="board">The filled board.</param>
/// <param name="floors">What the slate shows at least.</param>
internal sealed class FloorKeeper(SlateBoard board, SlateFloors floors)
{
    /// <summary>Brings each floor up as far as it goes: categories first, then brands, each by name.</summary>
    /// <param name="input">Where better fitting products come from.</param>
    public void Keep(SlateInput input)
    {
        foreach ((string name, int least) in floors.Categories.OrderBy(floor => floor.Key, StringComparer.Ordinal))
        {
            Raise(least, candidate => candidate.Category == name, input);
        }

        foreach ((string name, int least) in floors.Brands.OrderBy(floor => floor.Key, StringComparer.Ordinal))
        {
            Raise(least, candidate => candidate.Brand == name, input);
        }
    }

    private void Raise(int least, Func<SlateCandidate, bool> isMeant, SlateInput input)
    {
        int missing = least - Count(isMeant);
        if (missing <= 0)
        {
            return;
        }

        IEnumerable<(SlateCandidate Candidate, SlotKind Kind)> offered = input.Candidates.Select(candidate => (candidate, SlotKind.Ranked))
            .Concat(input.BackFill.Select(candidate => (candidate, SlotKind.BackFill)));
        foreach ((SlateCandidate candidate, SlotKind kind) in offered.Where(entry => isMeant(entry.Candidate)))
        {
            if (missing > 0 && !board.Shows(candidate.Item) && Place(candidate, kind))
            {
                missing--;
            }

            if (missing == 0)
            {
                return;
            }
        }
    }

    private bool Place(SlateCandidate candidate, SlotKind kind)
    {
        for (int position = board.Length - 1; position >= 0; position--)
        {
            if (board.At(position) is { } shown && MayGo(position, shown) && board.TryReplace(position, candidate, kind))
            {
                return true;
            }
        }

        return false;
    }

    private bool MayGo(int position, SlateCandidate shown) => board.KindAt(position) != SlotKind.Pinned
        && HasSpare(floors.Categories, shown.Category, other => other.Category == shown.Category)
        && HasSpare(floors.Brands, shown.Brand, other => other.Brand == shown.Brand);

    private bool HasSpare(IReadOnlyDictionary<string, int> least, string? name, Func<SlateCandidate, bool> isSame) =>
        name is null || !least.TryGetValue(name, out int floor) || Count(isSame) > floor;

    private int Count(Func<SlateCandidate, bool> isMeant)
    {
        int count = 0;
        for (int position = 0; position < board.Length; position++)
        {
            count += board.At(position) is { } shown && isMeant(shown) ? 1 : 0;
        }

        return count;
    }
}
