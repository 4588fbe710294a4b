using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>The factors of one side while they are trained: rows padded with zeros to a multiple of 16 and
/// aligned to cache lines.</summary>
/// <param name="count">n, how many rows.</param>
/// <param name="width">f, how many factors.</param>
internal sealed unsafe class PaddedFactors(int count, int width) : IDisposable
{
    private readonly AlignedBuffer _buffer = new((long)count * Padded(width));

    /// <summary>n.</summary>
    public int Count => count;

    /// <summary>f.</summary>
    public int Width => width;

    /// <summary>f rounded up to a multiple of 16.</summary>
    public int Stride { get; } = Padded(width);

    /// <summary>The first row.</summary>
    public float* Pointer => _buffer.Pointer;

    /// <summary>f rounded up to a multiple of 16.</summary>
    public static int Padded(int width) => (width + 15) / 16 * 16;

    /// <summary>The factors of one row, without padding.</summary>
    public Span<float> Row(int row) => new(_buffer.Pointer + ((long)row * Stride), width);

    /// <summary>The same factors without padding.</summary>
    public FactorMatrix ToMatrix()
    {
        FactorMatrix matrix = new(count, width);
        for (int row = 0; row < count; row++)
        {
            Row(row).CopyTo(matrix.Row(row));
        }

        return matrix;
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
