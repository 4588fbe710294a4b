using Aisle.Numerics;

namespace Aisle.Candidates.Neighbours;

/// <summary>For each item, the items that go with it, best first. Immutable.</summary>
public sealed class NeighbourLists
{
    private readonly int[] _starts;
    private readonly ScoredIndex[] _neighbours;

    /// <summary>Takes ownership of lists laid out one after the other.</summary>
    /// <param name="starts">Where each item's list starts, ascending from 0; one more entry than items.</param>
    /// <param name="neighbours">All lists; scores positive, best first.</param>
    /// <exception cref="ArgumentException">The starts do not fit the lists.</exception>
    internal NeighbourLists(int[] starts, ScoredIndex[] neighbours)
    {
        if (starts.Length == 0 || starts[0] != 0 || starts[^1] != neighbours.Length)
        {
            throw new ArgumentException("Starts must run from 0 to the number of neighbours.", nameof(starts));
        }

        _starts = starts;
        _neighbours = neighbours;
    }

    /// <summary>How many items there are.</summary>
    public int Count => _starts.Length - 1;

    /// <summary>The neighbours of one item, best first, scores positive; empty when it has none.</summary>
    public ReadOnlySpan<ScoredIndex> Of(int item) => _neighbours.AsSpan(_starts[item], _starts[item + 1] - _starts[item]);

    /// <summary>Where each item's list starts.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>All lists, one after the other.</summary>
    internal ReadOnlySpan<ScoredIndex> All => _neighbours;

    /// <summary>Lays out one list for each item.</summary>
    internal static NeighbourLists From(IReadOnlyList<ScoredIndex[]> lists)
    {
        int[] starts = new int[lists.Count + 1];
        for (int item = 0; item < lists.Count; item++)
        {
            starts[item + 1] = checked(starts[item] + lists[item].Length);
        }

        return new NeighbourLists(starts, [.. lists.SelectMany(list => list)]);
    }
}
