using System.Numerics.Tensors;

namespace Aisle.Factorization.Scoring;

/// <summary>The rows as they are, in float32.</summary>
/// <param name="rows">n × f.</param>
public sealed class ExactRows(FactorMatrix rows) : IRowScores
{
    /// <inheritdoc/>
    public void Multiply(ReadOnlySpan<float> vector, Span<float> results)
    {
        for (int row = 0; row < rows.Count; row++)
        {
            results[row] = TensorPrimitives.Dot(rows[row], vector);
        }
    }
}
