namespace Aisle.Feedback;

/// <summary>Who interacted with what, and how strongly: users × items in compressed sparse rows, items ascending
/// within a user. Immutable.</summary>
/// <remarks>A pair that is absent was not observed. Each weight is positive and finite.</remarks>
public sealed class InteractionMatrix
{
    private readonly int[] _starts;
    private readonly int[] _items;
    private readonly float[] _weights;

    /// <summary>Takes ownership of rows that are already sorted, free of repeats and of weights that are not positive.</summary>
    internal InteractionMatrix(int itemCount, int[] starts, int[] items, float[] weights)
    {
        ItemCount = itemCount;
        _starts = starts;
        _items = items;
        _weights = weights;
    }

    /// <summary>How many rows there are, users without interactions included.</summary>
    public int UserCount => _starts.Length - 1;

    /// <summary>How many columns there are, items without interactions included.</summary>
    public int ItemCount { get; }

    /// <summary>How many pairs were observed.</summary>
    public long Count => _starts[^1];

    /// <summary>The items of one user, ascending, each once; empty for a user who did nothing.</summary>
    public ReadOnlySpan<int> ItemsOf(int user) => _items.AsSpan(_starts[user], _starts[user + 1] - _starts[user]);

    /// <summary>The weights of one user's items, in the order of <see cref="ItemsOf"/>.</summary>
    public ReadOnlySpan<float> WeightsOf(int user) => _weights.AsSpan(_starts[user], _starts[user + 1] - _starts[user]);

    /// <summary>Where each user's row starts in <see cref="AllItems"/>; one more entry than users, the last is
    /// <see cref="Count"/>.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>All rows, one after the other.</summary>
    internal ReadOnlySpan<int> AllItems => _items.AsSpan(0, _starts[^1]);

    /// <summary>The weights of <see cref="AllItems"/>.</summary>
    internal ReadOnlySpan<float> AllWeights => _weights.AsSpan(0, _starts[^1]);

    /// <summary>The same interactions seen from the items: its "users" are this matrix's items, and the other way round.</summary>
    /// <remarks>O(users + items + interactions); a counting sort, so rows come out ascending.</remarks>
    public InteractionMatrix Transpose()
    {
        int[] starts = new int[ItemCount + 1];
        foreach (int item in AllItems)
        {
            starts[item + 1]++;
        }

        RunningSums(starts);
        int[] next = starts[..^1];
        int[] users = new int[Count];
        float[] weights = new float[Count];
        for (int user = 0; user < UserCount; user++)
        {
            for (int position = _starts[user]; position < _starts[user + 1]; position++)
            {
                int target = next[_items[position]]++;
                users[target] = user;
                weights[target] = _weights[position];
            }
        }

        return new InteractionMatrix(UserCount, starts, users, weights);
    }

    /// <summary>Turns counts, shifted by one, into where each row starts.</summary>
    /// <exception cref="OverflowException">There are 2³¹ interactions or more.</exception>
    internal static void RunningSums(Span<int> starts)
    {
        for (int row = 1; row < starts.Length; row++)
        {
            starts[row] = checked(starts[row] + starts[row - 1]);
        }
    }
}
