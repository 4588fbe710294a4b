namespace Aisle.Numerics;

/// <summary>Keeps the best k of the scores it is offered: higher scores first, and among equals the lower index,
/// in whatever order they come.</summary>
/// <remarks>A heap whose root is the worst kept: O(log k) for a score that is kept, O(1) for one that is not.
/// Not safe for several threads.</remarks>
public sealed class TopK
{
    private readonly ScoredIndex[] _heap;

    /// <summary>Starts empty.</summary>
    /// <param name="k">How many are kept, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is not positive.</exception>
    public TopK(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        _heap = new ScoredIndex[k];
    }

    /// <summary>How many are kept now, at most k.</summary>
    public int Count { get; private set; }

    /// <summary>What a score must exceed to be kept when its index is higher than all before; minus infinity until there are k.</summary>
    public float Threshold => Count < _heap.Length ? float.NegativeInfinity : _heap[0].Score;

    /// <summary>Offers one score; NaN is never kept.</summary>
    public void Offer(int index, float score)
    {
        ScoredIndex candidate = new(index, score);
        if (float.IsNaN(score))
        {
            return;
        }

        if (Count < _heap.Length)
        {
            _heap[Count] = candidate;
            Rise(Count++);
        }
        else if (candidate.Precedes(_heap[0]))
        {
            _heap[0] = candidate;
            Sink(0, Count);
        }
    }

    /// <summary>Offers all scores, the index of each being its position, but those at the excluded positions.</summary>
    /// <param name="scores">One score for each index.</param>
    /// <param name="excluded">Indexes to leave out, ascending; may be empty.</param>
    public void OfferAll(ReadOnlySpan<float> scores, ReadOnlySpan<int> excluded)
    {
        int next = 0;
        for (int index = 0; index < scores.Length; index++)
        {
            if (next < excluded.Length && excluded[next] == index)
            {
                next++;
            }
            else
            {
                Offer(index, scores[index]);
            }
        }
    }

    /// <summary>Takes out all that are kept, best first, and forgets them.</summary>
    /// <param name="ranked">At least <see cref="Count"/> long.</param>
    /// <returns>How many were written.</returns>
    public int Drain(Span<ScoredIndex> ranked)
    {
        int count = Count;
        for (int last = count - 1; last >= 0; last--)
        {
            ranked[last] = _heap[0];
            _heap[0] = _heap[last];
            Sink(0, last);
        }

        Count = 0;
        return count;
    }

    /// <summary>The best k scores, each by its position, best first.</summary>
    public static ScoredIndex[] Of(ReadOnlySpan<float> scores, int k, ReadOnlySpan<int> excluded = default)
    {
        TopK top = new(k);
        top.OfferAll(scores, excluded);
        ScoredIndex[] ranked = new ScoredIndex[top.Count];
        top.Drain(ranked);
        return ranked;
    }

    private void Rise(int position)
    {
        while (position > 0)
        {
            int parent = (position - 1) / 2;
            if (!_heap[parent].Precedes(_heap[position]))
            {
                return;
            }

            (_heap[parent], _heap[position]) = (_heap[position], _heap[parent]);
            position = parent;
        }
    }

    private void Sink(int position, int count)
    {
        while (true)
        {
            int child = (2 * position) + 1;
            if (child >= count)
            {
                return;
            }

            if (child + 1 < count && _heap[child].Precedes(_heap[child + 1]))
            {
                child++;
            }

            if (!_heap[position].Precedes(_heap[child]))
            {
                return;
            }

            (_heap[position], _heap[child]) = (_heap[child], _heap[position]);
            position = child;
        }
    }
}
