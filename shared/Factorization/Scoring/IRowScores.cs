namespace Aisle.Factorization.Scoring;

/// <summary>The rows of a matrix, to be multiplied by one vector: how a whole catalogue is scored for one shopper.</summary>
public interface IRowScores
{
    /// <summary>Multiplies each row by a vector. Safe for several threads.</summary>
    /// <param name="vector">As wide as the rows.</param>
    /// <param name="results">One number for each row.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    void Multiply(ReadOnlySpan<float> vector, Span<float> results);
}
