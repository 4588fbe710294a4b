namespace Aisle.Reranking;

/// <summary>A slate in the making: positions are filled one by one and no product twice.</summary>
/// <param name="length">How many positions.</param>
internal sealed class SlateBoard(int length)
{
    private readonly ComposedItem?[] _positions = new ComposedItem?[length];
    private readonly HashSet<int> _shown = [];

    /// <summary>How many positions are still open.</summary>
    public int OpenCount { get; private set; } = length;

    /// <summary>How many positions there are.</summary>
    public int Length => _positions.Length;

    /// <summary>Whether a position is open, from 0.</summary>
    public bool IsOpen(int position) => _positions[position] is null;

    /// <summary>Whether a product is shown already.</summary>
    public bool Shows(int item) => _shown.Contains(item);

    /// <summary>Puts products where merchandisers want them.</summary>
    public void Pin(IReadOnlyList<Pin> pins)
    {
        foreach (Pin pin in pins)
        {
            if (pin.Position >= 1 && pin.Position <= Length && IsOpen(pin.Position - 1) && !Shows(pin.Candidate.Item))
            {
                Put(pin.Position - 1, pin.Candidate, SlotKind.Pinned);
            }
        }
    }

    /// <summary>Fills one open position with a product that is not shown yet.</summary>
    public void Put(int position, SlateCandidate candidate, SlotKind kind)
    {
        _positions[position] = new ComposedItem(candidate.Item, candidate.Score, kind, 1);
        _shown.Add(candidate.Item);
        OpenCount--;
    }

    /// <summary>Fills the first open position.</summary>
    public void Add(SlateCandidate candidate, SlotKind kind) => Put(Array.FindIndex(_positions, position => position is null), candidate, kind);

    /// <summary>Fills open positions in order with what is not shown yet, as far as it goes.</summary>
    public void FillUp(IEnumerable<SlateCandidate> candidates, SlotKind kind)
    {
        if (OpenCount == 0)
        {
            return;
        }

        foreach (SlateCandidate candidate in candidates)
        {
            if (!Shows(candidate.Item))
            {
                Add(candidate, kind);
            }

            if (OpenCount == 0)
            {
                return;
            }
        }
    }

    /// <summary>The candidates that are not shown yet, each once, in order.</summary>
    public SlateCandidate[] Free(IReadOnlyList<SlateCandidate> candidates)
    {
        HashSet<int> met = new(candidates.Count);
        return [.. candidates.Where(candidate => !Shows(candidate.Item) && met.Add(candidate.Item))];
    }

    /// <summary>The filled positions in order; positions that stayed open are left out.</summary>
    public ComposedItem[] Close() => [.. _positions.Where(position => position is not null).Select(position => position!.Value)];
}
