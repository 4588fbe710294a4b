namespace Aisle.Feedback;

/// <summary>Collects interactions one by one and makes the matrix of them; the order of arrival leaves no trace.
/// Not safe for several threads.</summary>
/// <param name="userCount">How many users the matrix has; not negative.</param>
/// <param name="itemCount">How many items the matrix has; not negative.</param>
public sealed class InteractionMatrixBuilder(int userCount, int itemCount)
{
    private readonly int _userCount = NotNegative(userCount, nameof(userCount));
    private readonly int _itemCount = NotNegative(itemCount, nameof(itemCount));
    private readonly List<int> _users = [];
    private readonly List<int> _items = [];
    private readonly List<float> _weights = [];

    /// <summary>Notes one interaction; the weights of a pair that comes again are added.</summary>
    /// <param name="user">In 0 … users − 1.</param>
    /// <param name="item">In 0 … items − 1.</param>
    /// <param name="weight">How much the interaction says; positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index lies outside the matrix, or the weight is zero,
    /// negative, NaN or infinite.</exception>
    public void Add(int user, int item, float weight)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)user, (uint)_userCount, nameof(user));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)item, (uint)_itemCount, nameof(item));
        if (!float.IsFinite(weight) || weight <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(weight), weight, "A weight must be positive and finite; leave out what says nothing.");
        }

        _users.Add(user);
        _items.Add(item);
        _weights.Add(weight);
    }

    /// <summary>Makes the matrix of all interactions noted so far; the builder may go on.</summary>
    /// <remarks>O(n·log(longest row)). A sum that overflows is held at the largest finite weight.</remarks>
    public InteractionMatrix Build()
    {
        int[] starts = new int[_userCount + 1];
        foreach (int user in _users)
        {
            starts[user + 1]++;
        }

        InteractionMatrix.RunningSums(starts);
        int[] items = new int[_items.Count];
        float[] weights = new float[_items.Count];
        Scatter(starts, items, weights);
        MergeRows(starts, items, weights);
        return new InteractionMatrix(_itemCount, starts, items, weights);
    }

    private void Scatter(int[] starts, int[] items, float[] weights)
    {
        int[] next = starts[..^1];
        for (int index = 0; index < _users.Count; index++)
        {
            int target = next[_users[index]]++;
            items[target] = _items[index];
            weights[target] = _weights[index];
        }
    }

    /// <summary>Sorts each row, adds up its repeats and closes the gaps that they leave.</summary>
    private void MergeRows(int[] starts, int[] items, float[] weights)
    {
        int write = 0;
        int rowStart = 0;
        for (int user = 0; user < _userCount; user++)
        {
            int rowEnd = starts[user + 1];
            items.AsSpan(rowStart, rowEnd - rowStart).Sort(weights.AsSpan(rowStart, rowEnd - rowStart));
            write = MergeRow(items, weights, rowStart, rowEnd, write);
            starts[user + 1] = write;
            rowStart = rowEnd;
        }
    }

    private static int MergeRow(int[] items, float[] weights, int start, int end, int write)
    {
        while (start < end)
        {
            int next = start + 1;
            while (next < end && items[next] == items[start])
            {
                next++;
            }

            items[write] = items[start];
            weights[write++] = Sum(weights.AsSpan(start, next - start));
            start = next;
        }

        return write;
    }

    /// <summary>The sum of one pair's weights, smallest first, so that the order of arrival cannot change a bit of it.</summary>
    private static float Sum(Span<float> weights)
    {
        weights.Sort();
        double sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }

        return (float)Math.Min(sum, float.MaxValue);
    }

    private static int NotNegative(int value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }
}
