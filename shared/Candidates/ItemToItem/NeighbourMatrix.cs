using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.ItemToItem;

/// <summary>Sparse item × item matrices, made a dense row at a time and cut to each row's largest entries.</summary>
internal static class NeighbourMatrix
{
    /// <summary>Fills one item's row, which comes in all zero.</summary>
    public delegate void RowFiller(int item, Span<float> row);

    /// <summary>Makes all rows, keeps the k largest positive entries of each, without the item itself.</summary>
    /// <param name="itemCount">How many items there are.</param>
    /// <param name="k">How many neighbours are kept; ties go to the lower index.</param>
    /// <param name="fill">Fills a row; called from several threads.</param>
    /// <param name="parallel">How many threads, and when to stop.</param>
    public static InteractionMatrix Make(int itemCount, int k, RowFiller fill, ParallelOptions parallel)
    {
        ScoredIndex[][] rows = new ScoredIndex[itemCount][];
        Parallel.For(0, itemCount, parallel, () => new float[itemCount], (item, _, row) =>
        {
            Array.Clear(row);
            fill(item, row);
            row[item] = 0;
            rows[item] = Largest(row, k);
            return row;
        }, _ => { });
        return Assemble(itemCount, rows);
    }

    /// <summary>Keeps the k largest entries of each column.</summary>
    public static InteractionMatrix CutColumns(InteractionMatrix matrix, int k)
    {
        InteractionMatrix transpose = matrix.Transpose();
        ScoredIndex[][] rows = new ScoredIndex[transpose.UserCount][];
        for (int row = 0; row < rows.Length; row++)
        {
            TopK top = new(k);
            for (int index = 0; index < transpose.ItemsOf(row).Length; index++)
            {
                top.Offer(transpose.ItemsOf(row)[index], transpose.WeightsOf(row)[index]);
            }

            rows[row] = new ScoredIndex[top.Count];
            top.Drain(rows[row]);
        }

        return Assemble(transpose.ItemCount, rows).Transpose();
    }

    private static ScoredIndex[] Largest(float[] row, int k)
    {
        TopK top = new(k);
        for (int index = 0; index < row.Length; index++)
        {
            if (row[index] > 0)
            {
                top.Offer(index, row[index]);
            }
        }

        ScoredIndex[] kept = new ScoredIndex[top.Count];
        top.Drain(kept);
        return kept;
    }

    private static InteractionMatrix Assemble(int columnCount, ScoredIndex[][] rows)
    {
        int[] starts = new int[rows.Length + 1];
        for (int row = 0; row < rows.Length; row++)
        {
            starts[row + 1] = checked(starts[row] + rows[row].Length);
        }

        int[] columns = new int[starts[^1]];
        float[] weights = new float[starts[^1]];
        for (int row = 0; row < rows.Length; row++)
        {
            Array.Sort(rows[row], (left, right) => left.Index.CompareTo(right.Index));
            for (int index = 0; index < rows[row].Length; index++)
            {
                columns[starts[row] + index] = rows[row][index].Index;
                weights[starts[row] + index] = rows[row][index].Score;
            }
        }

        return new InteractionMatrix(columnCount, starts, columns, weights);
    }
}
