using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Candidates.ItemToItem;

/// <summary>Trains EASE: a linear model in which every item is predicted from all others, in closed form.</summary>
/// <remarks>Steck (2019), "Embarrassingly shallow autoencoders for sparse data": with P = (XᵀX + λI)⁻¹, an item's score is −(x·P)_j /
/// P_jj. The matrix that is inverted is items × items, or users × users by (XᵀX + λI)⁻¹ = (I − Xᵀ(XXᵀ + λI)⁻¹X) / λ, whichever is
/// smaller: O(min(users, items)³).</remarks>
/// <param name="options">How it is trained.</param>
public sealed class EaseTrainer(EaseOptions options) : IItemScorerTrainer
{
    private readonly EaseOptions _options = Validated(options);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is nothing to learn from, or both sides exceed
    /// <see cref="EaseOptions.LargestMatrix"/>.</exception>
    public IItemScorer Train(InteractionMatrix matrix, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        int smaller = Math.Min(matrix.UserCount, matrix.ItemCount);
        if (matrix.Count == 0)
        {
            throw new ArgumentException("There is no interaction to learn from.", nameof(matrix));
        }

        if (smaller > _options.LargestMatrix)
        {
            throw new ArgumentException($"EASE would invert {smaller} × {smaller}, more than the {_options.LargestMatrix} allowed; use RP3β.", nameof(matrix));
        }

        bool dual = matrix.UserCount < matrix.ItemCount;
        AlignedBuffer inverse = InverseOfGram(dual ? matrix : matrix.Transpose(), cancellationToken);
        progress?.Report(1);
        return dual ? new EaseDualScorer(matrix, inverse, _options.Regularization) : new EaseScorer(inverse, matrix.ItemCount);
    }

    /// <summary>(RRᵀ + λI)⁻¹ of a matrix R, padded.</summary>
    private AlignedBuffer InverseOfGram(InteractionMatrix rows, CancellationToken cancellationToken)
    {
        int n = SymmetricInverse.Padded(rows.UserCount);
        int degree = _options.DegreeOfParallelism == 0 ? Environment.ProcessorCount : _options.DegreeOfParallelism;
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degree, CancellationToken = cancellationToken };
        AlignedBuffer gram = new((long)n * n);
        InteractionMatrix columns = rows.Transpose();
        Parallel.For(0, n, parallel, row => FillRow(rows, columns, row, gram.Slice((long)row * n, n)));
        SymmetricInverse.Invert(gram, n, parallel);
        return gram;
    }

    private void FillRow(InteractionMatrix rows, InteractionMatrix columns, int row, Span<float> gram)
    {
        if (row < rows.UserCount)
        {
            SparseProduct.AddRow(rows, columns, row, gram);
        }

        gram[row] += row < rows.UserCount ? (float)_options.Regularization : 1;
    }

    private static EaseOptions Validated(EaseOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        return options;
    }
}
