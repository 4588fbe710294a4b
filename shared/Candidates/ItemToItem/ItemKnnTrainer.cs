using Aisle.Feedback;

namespace Aisle.Candidates.ItemToItem;

/// <summary>Finds each item's nearest neighbours by the cosine of their users, shrunk towards zero where few users are in common.</summary>
/// <remarks>Sarwar and others (2001): s_ij = x_i·x_j / (‖x_i‖·‖x_j‖ + shrinkage). O(Σ over users of the square of their items).</remarks>
/// <param name="options">How they are found.</param>
public sealed class ItemKnnTrainer(ItemKnnOptions options) : IItemScorerTrainer
{
    /// <inheritdoc/>
    public IItemScorer Train(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Neighbours);
        ArgumentOutOfRangeException.ThrowIfNegative(options.Shrinkage);
        InteractionMatrix columns = matrix.Transpose();
        double[] lengths = new double[columns.UserCount];
        for (int item = 0; item < lengths.Length; item++)
        {
            foreach (float weight in columns.WeightsOf(item))
            {
                lengths[item] += (double)weight * weight;
            }

            lengths[item] = Math.Sqrt(lengths[item]);
        }

        InteractionMatrix neighbours = NeighbourMatrix.Make(matrix.ItemCount, options.Neighbours, Fill, Parallelism.Of(options.DegreeOfParallelism, cancellationToken));
        progress?.Report(1);
        return new NeighbourScorer(neighbours);

        void Fill(int item, Span<float> row)
        {
            SparseProduct.AddRow(columns, matrix, item, row);
            for (int other = 0; other < row.Length; other++)
            {
                row[other] = row[other] == 0 ? 0 : (float)(row[other] / ((lengths[item] * lengths[other]) + options.Shrinkage));
            }
        }
    }
}
