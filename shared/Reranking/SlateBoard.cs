namespace Aisle.Reranking;

/// <summary>A slate in the making: positions are filled one by one and no product twice.</summary>
/// <param name="length">How many positions.</param>
/// <param name="caps">How many of one kind.</param>
internal sealed class SlateBoard(int length, SlateCaps caps)
{
    private readonly CapCounter _counter = new(caps);
    private readonly ComposedItem?[] _positions = new ComposedItem?[length];
    private readonly SlateCandidate?[] _candidates = new SlateCandidate?[length];
    private readonly int[] _shown = new int[length];
    private int _firstOpen;

    /// <summary>How many positions are still open.</summary>
    public int OpenCount { get; private set; } = length;

    /// <summary>How many positions there are.</summary>
    public int Length => _positions.Length;

    /// <summary>Whether a position is open, from 0.</summary>
    public bool IsOpen(int position) => _positions[position] is null;

    /// <summary>What stands at a position, from 0; null where it is open.</summary>
    public SlateCandidate? At(int position) => _candidates[position];

    /// <summary>How a position was filled; null where it is open.</summary>
    public SlotKind? KindAt(int position) => _positions[position]?.Slot;

    /// <summary>Puts a product that is not shown yet in another's place, if that keeps the caps.</summary>
    public bool TryReplace(int position, SlateCandidate candidate, SlotKind kind)
    {
        SlateCandidate old = _candidates[position] ?? throw new InvalidOperationException("An open position has nothing to replace.");
        _counter.Remove(old);
        if (!_counter.Fits(candidate))
        {
            _counter.Add(old);
            return false;
        }

        _counter.Add(candidate);
        _shown[_shown.AsSpan(0, Length - OpenCount).IndexOf(old.Item)] = candidate.Item;
        _candidates[position] = candidate;
        _positions[position] = new ComposedItem(candidate.Item, candidate.Score, kind, 1);
        return true;
    }

    /// <summary>Whether a product is shown already.</summary>
    public bool Shows(int item) => _shown.AsSpan(0, Length - OpenCount).Contains(item);

    /// <summary>Whether a product is not shown yet and keeps the caps.</summary>
    public bool Takes(SlateCandidate candidate) => !Shows(candidate.Item) && _counter.Fits(candidate);

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
        _candidates[position] = candidate;
        _shown[Length - OpenCount] = candidate.Item;
        _counter.Add(candidate);
        OpenCount--;
    }

    /// <summary>Fills the first open position.</summary>
    public void Add(SlateCandidate candidate, SlotKind kind)
    {
        while (!IsOpen(_firstOpen))
        {
            _firstOpen++;
        }

        Put(_firstOpen, candidate, kind);
    }

    /// <summary>Fills open positions in order with what is not shown yet, as far as it goes.</summary>
    /// <param name="candidates">Best first.</param>
    /// <param name="kind">Why.</param>
    /// <param name="relaxed">Whether the caps give way.</param>
    public void FillUp(IEnumerable<SlateCandidate> candidates, SlotKind kind, bool relaxed)
    {
        if (OpenCount == 0)
        {
            return;
        }

        foreach (SlateCandidate candidate in candidates)
        {
            if (relaxed ? !Shows(candidate.Item) : Takes(candidate))
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
        SlateCandidate[] free = new SlateCandidate[candidates.Count];
        int[] met = new int[candidates.Count];
        int count = 0;
        foreach (SlateCandidate candidate in candidates)
        {
            if (!Shows(candidate.Item) && !met.AsSpan(0, count).Contains(candidate.Item))
            {
                met[count] = candidate.Item;
                free[count++] = candidate;
            }
        }

        return count == free.Length ? free : free[..count];
    }

    /// <summary>Of a pool, what can be added whatever is drawn of it: no product is shown already, and all
    /// together keep the caps.</summary>
    public PoolEntry[] Drawable(IReadOnlyList<PoolEntry> pool)
    {
        PoolEntry[] drawable = new PoolEntry[pool.Count];
        int[] met = new int[pool.Count];
        int count = 0;
        for (int index = 0; index < met.Length; index++)
        {
            SlateCandidate candidate = pool[index].Candidate;
            if (Takes(candidate) && !met.AsSpan(0, count).Contains(candidate.Item))
            {
                _counter.Add(candidate);
                met[count] = candidate.Item;
                drawable[count++] = pool[index];
            }
        }

        return count == drawable.Length ? drawable : drawable[..count];
    }

    /// <summary>The product at each position, by index; null where it is open.</summary>
    public int?[] Items() => [.. _positions.Select(position => position?.Item)];

    /// <summary>The filled positions in order; positions that stayed open are left out.</summary>
    public ComposedItem[] Close()
    {
        ComposedItem[] filled = new ComposedItem[Length - OpenCount];
        int count = 0;
        foreach (ComposedItem? position in _positions)
        {
            if (position is { } item)
            {
                filled[count++] = item;
            }
        }

        return filled;
    }
}
