namespace Aisle.Factorization;

/// <summary>The factors of all users or all items: one row of <see cref="Width"/> numbers each (n × f, row-major, float32).</summary>
public sealed class FactorMatrix
{
    private readonly float[] _values;

    /// <summary>All zero: nobody is known yet.</summary>
    /// <param name="count">n, not negative.</param>
    /// <param name="width">f, positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is out of range, or n·f exceeds what an array holds.</exception>
    public FactorMatrix(int count, int width)
        : this(count, width, new float[Size(count, width)])
    {
    }

    /// <summary>Takes ownership of values; the caller must not write to them afterwards.</summary>
    /// <param name="count">n, not negative.</param>
    /// <param name="width">f, positive.</param>
    /// <param name="values">n·f numbers, row after row.</param>
    /// <exception cref="ArgumentException"><paramref name="values"/> has not n·f elements.</exception>
    public FactorMatrix(int count, int width, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != Size(count, width))
        {
            throw new ArgumentException($"{count} rows of {width} need {Size(count, width)} values, not {values.Length}.", nameof(values));
        }

        Count = count;
        Width = width;
        _values = values;
    }

    /// <summary>n, how many users or items there are.</summary>
    public int Count { get; }

    /// <summary>f, how many factors each has.</summary>
    public int Width { get; }

    /// <summary>The factors of one user or item, length f.</summary>
    public ReadOnlySpan<float> this[int row] => _values.AsSpan(row * Width, Width);

    /// <summary>All rows, one after the other.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>The factors of one row, to be written by a trainer.</summary>
    internal Span<float> Row(int row) => _values.AsSpan(row * Width, Width);

    private static int Size(int count, int width)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        long size = (long)count * width;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Array.MaxLength, nameof(count));
        return (int)size;
    }
}
