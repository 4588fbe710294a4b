using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Aisle.Factorization.Scoring;

/// <summary>The rows of a matrix rounded to 8 bits, each with a scale of its own: a quarter of the memory, so that a whole
/// catalogue is scored out of the cache.</summary>
/// <remarks>A number of a row is off by at most half of its step, max |row| / 254; a vector that rows are multiplied by is rounded to 16
/// bits, which adds next to nothing. Sums are whole numbers and exact, so that all kernels give the same bits.</remarks>
public sealed class QuantizedRows : IRowScores
{
    private const int MaxOnStack = 1_024;

    private readonly sbyte[] _steps;
    private readonly float[] _scales;
    private readonly int _stride;
    private readonly int _largestStep;

    /// <summary>Rounds a matrix: O(n·f).</summary>
    /// <param name="rows">n × f; a zero row stays one.</param>
    public QuantizedRows(FactorMatrix rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        Count = rows.Count;
        Width = rows.Width;
        _stride = (rows.Width + ByteProducts.Block - 1) / ByteProducts.Block * ByteProducts.Block;
        _largestStep = Math.Min(short.MaxValue, int.MaxValue / (sbyte.MaxValue * _stride));
        _steps = new sbyte[(long)rows.Count * _stride];
        _scales = new float[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            _scales[row] = Round(rows[row], _steps.AsSpan(row * _stride, rows.Width));
        }
    }

    /// <summary>n.</summary>
    public int Count { get; }

    /// <summary>f.</summary>
    public int Width { get; }

    /// <summary>How much memory the rows take, bytes.</summary>
    public long Bytes => _steps.LongLength + (sizeof(float) * _scales.LongLength);

    /// <inheritdoc/>
    public void Multiply(ReadOnlySpan<float> vector, Span<float> results)
    {
        if (vector.Length != Width || results.Length != Count)
        {
            throw new ArgumentException($"A vector of {Width} numbers and {Count} results are needed.", nameof(vector));
        }

        Span<short> rounded = _stride <= MaxOnStack ? stackalloc short[_stride] : new short[_stride];
        float scale = Round(vector, rounded, _largestStep);
        ByteProducts.Multiply(_steps, rounded, MemoryMarshal.Cast<float, int>(results));
        for (int row = 0; row < Count; row++)
        {
            results[row] = BitConverter.SingleToInt32Bits(results[row]) * _scales[row] * scale;
        }
    }

    /// <summary>The inner product of two rows.</summary>
    public float Dot(int first, int second) =>
        ByteProducts.Dot(_steps.AsSpan(first * _stride, _stride), _steps.AsSpan(second * _stride, _stride)) * (_scales[first] * _scales[second]);

    private static float Round(ReadOnlySpan<float> row, Span<sbyte> steps)
    {
        float scale = ScaleOf(row, sbyte.MaxValue);
        for (int index = 0; index < row.Length; index++)
        {
            steps[index] = (sbyte)MathF.Round(row[index] / scale);
        }

        return scale;
    }

    private static float Round(ReadOnlySpan<float> vector, Span<short> steps, int largest)
    {
        steps.Clear();
        float scale = ScaleOf(vector, largest);
        for (int index = 0; index < vector.Length; index++)
        {
            steps[index] = (short)MathF.Round(vector[index] / scale);
        }

        return scale;
    }

    /// <summary>What one step means; 1 for zeros and for numbers so small that a step would vanish.</summary>
    private static float ScaleOf(ReadOnlySpan<float> values, int largest)
    {
        float magnitude = values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));
        return magnitude > 1e-30f ? magnitude / largest : 1;
    }
}
