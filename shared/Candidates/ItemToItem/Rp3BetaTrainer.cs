using Aisle.Feedback;

namespace Aisle.Candidates.ItemToItem;

/// <summary>Trains RP3β: how probably a random walk from an item over one of its users ends at another item, held
/// back by that item's popularity.</summary>
/// <remarks>Paudel, Christoffel, Newell and Bernstein (2017): w_ij = Σ_u (1 / |U_i|)^α · (x_uj / Σx_u)^α / |U_j|^β. The largest entries of
/// each row are kept and scaled to sum to 1, and then the largest of each column, as Ferrari Dacrema and others (2019) run it. O(Σ over
/// users of the square of their items).</remarks>
/// <param name="options">How it walks.</param>
public sealed class Rp3BetaTrainer(Rp3BetaOptions options) : IItemScorerTrainer
{
    /// <inheritdoc/>
    public IItemScorer Train(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        InteractionMatrix walks = Walks(matrix, cancellationToken);
        progress?.Report(1);
        return new NeighbourScorer(walks);
    }

    /// <summary>For each item the items that walks reach from it, and how strongly (items × items).</summary>
    internal InteractionMatrix Walks(InteractionMatrix matrix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Neighbours);
        InteractionMatrix columns = matrix.Transpose();
        InteractionMatrix steps = SecondSteps(matrix);
        float[] penalties = [.. Enumerable.Range(0, columns.UserCount).Select(item => (float)Math.Pow(Math.Max(1, columns.ItemsOf(item).Length), -options.Beta))];
        InteractionMatrix walks = NeighbourMatrix.Make(matrix.ItemCount, options.Neighbours, Fill, Parallelism.Of(options.DegreeOfParallelism, cancellationToken));
        return NeighbourMatrix.CutColumns(SummingToOne(walks), options.Neighbours);

        void Fill(int item, Span<float> row)
        {
            ReadOnlySpan<int> users = columns.ItemsOf(item);
            float[] first = new float[users.Length];
            Array.Fill(first, (float)Math.Pow(1.0 / Math.Max(1, users.Length), options.Alpha));
            SparseProduct.AddCombination(users, first, steps, row);
            System.Numerics.Tensors.TensorPrimitives.Multiply(row, penalties, row);
        }
    }

    /// <summary>(x_uj / Σx_u)^α: from a user to an item.</summary>
    private InteractionMatrix SecondSteps(InteractionMatrix matrix) => Map(matrix, (weight, sum) => Math.Pow(weight / sum, options.Alpha));

    private static InteractionMatrix SummingToOne(InteractionMatrix matrix) => Map(matrix, (weight, sum) => weight / sum);

    /// <summary>The same matrix with each weight replaced, given the sum of its row.</summary>
    private static InteractionMatrix Map(InteractionMatrix matrix, Func<double, double, double> replace)
    {
        float[] weights = new float[matrix.Count];
        for (int row = 0; row < matrix.UserCount; row++)
        {
            double sum = 0;
            foreach (float weight in matrix.WeightsOf(row))
            {
                sum += weight;
            }

            for (int position = matrix.Starts[row]; position < matrix.Starts[row + 1]; position++)
            {
                weights[position] = (float)replace(matrix.AllWeights[position], sum);
            }
        }

        return new InteractionMatrix(matrix.ItemCount, matrix.Starts.ToArray(), matrix.AllItems.ToArray(), weights);
    }
}
