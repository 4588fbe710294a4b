using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.Neighbours;

/// <summary>Finds the items that occur in the same rows: touched by the same shoppers, or bought in the same orders.</summary>
/// <remarks>Cosine of the binary columns with shrinkage, n_ij / (√(n_i·n_j) + s): Sarwar and others (2001),
/// shrunk as by Bell and Koren (2007).</remarks>
internal static class CoOccurrence
{
    /// <summary>The nearest items of each item.</summary>
    /// <param name="rows">Users × items or orders × items.</param>
    /// <param name="length">How many neighbours an item keeps.</param>
    /// <param name="shrinkage">s.</param>
    /// <param name="minShared">The least n_ij.</param>
    /// <param name="cancellationToken">Heeded between items.</param>
    /// <remarks>O(Σ row length²); each item is counted by itself, so threads change nothing.</remarks>
    public static NeighbourLists Find(InteractionMatrix rows, int length, double shrinkage, int minShared, CancellationToken cancellationToken)
    {
        InteractionMatrix columns = rows.Transpose();
        ScoredIndex[][] lists = new ScoredIndex[rows.ItemCount][];
        ParallelOptions parallel = new() { CancellationToken = cancellationToken };
        Parallel.For(0, rows.ItemCount, parallel, () => new Counter(rows.ItemCount, length), (item, _, counter) =>
        {
            counter.Count(rows, columns, item);
            lists[item] = counter.Nearest(columns, item, shrinkage, minShared);
            return counter;
        }, _ => { });
        return NeighbourLists.From(lists);
    }

    /// <summary>Scratch of one thread: how often each item occurs beside the one in question.</summary>
    private sealed class Counter(int items, int length)
    {
        private readonly int[] _shared = new int[items];
        private readonly List<int> _touched = [];
        private readonly TopK _nearest = new(length);

        public void Count(InteractionMatrix rows, InteractionMatrix columns, int item)
        {
            foreach (int row in columns.ItemsOf(item))
            {
                foreach (int other in rows.ItemsOf(row))
                {
                    if (_shared[other]++ == 0)
                    {
                        _touched.Add(other);
                    }
                }
            }
        }

        public ScoredIndex[] Nearest(InteractionMatrix columns, int item, double shrinkage, int minShared)
        {
            double own = columns.ItemsOf(item).Length;
            foreach (int other in _touched)
            {
                if (other != item && _shared[other] >= minShared)
                {
                    double theirs = columns.ItemsOf(other).Length;
                    _nearest.Offer(other, (float)(_shared[other] / (Math.Sqrt(own * theirs) + shrinkage)));
                }

                _shared[other] = 0;
            }

            _touched.Clear();
            ScoredIndex[] ranked = new ScoredIndex[_nearest.Count];
            _nearest.Drain(ranked);
            return ranked;
        }
    }
}
