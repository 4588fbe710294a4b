using Aisle.Feedback;

namespace Aisle.Candidates.ItemToItem;

/// <summary>Products of sparse interaction matrices, a dense row at a time.</summary>
internal static class SparseProduct
{
    /// <summary>Adds one row of R·Rᵀ: how much each row has in common with this one.</summary>
    /// <param name="rows">R.</param>
    /// <param name="columns">Rᵀ.</param>
    /// <param name="row">Which row.</param>
    /// <param name="products">One number for each row of R; added to.</param>
    /// <remarks>O(Σ of the lengths of the row's columns).</remarks>
    public static void AddRow(InteractionMatrix rows, InteractionMatrix columns, int row, Span<float> products) =>
        AddCombination(rows.ItemsOf(row), rows.WeightsOf(row), columns, products);

    /// <summary>Adds Σ weight·(row of a matrix) over some of its rows.</summary>
    /// <param name="picked">Which rows.</param>
    /// <param name="weights">The weight of each.</param>
    /// <param name="matrix">Whose rows.</param>
    /// <param name="sums">One number for each column; added to.</param>
    public static void AddCombination(ReadOnlySpan<int> picked, ReadOnlySpan<float> weights, InteractionMatrix matrix, Span<float> sums)
    {
        for (int index = 0; index < picked.Length; index++)
        {
            ReadOnlySpan<int> columns = matrix.ItemsOf(picked[index]);
            ReadOnlySpan<float> values = matrix.WeightsOf(picked[index]);
            float weight = weights[index];
            for (int position = 0; position < columns.Length; position++)
            {
                sums[columns[position]] += weight * values[position];
            }
        }
    }
}
