using System.Diagnostics;
using System.Numerics;
using System.Numerics.Tensors;

namespace Aisle.Numerics;

/// <summary>Solves A·x = b for a symmetric positive definite A, by A = L·Lᵀ; plain version.</summary>
/// <remarks>Row by row (Cholesky–Banachiewicz), so that every inner product runs over contiguous memory.</remarks>
public static class Cholesky
{
    /// <summary>Replaces the lower triangle of A by L; the upper triangle is neither read nor written.</summary>
    /// <param name="a">A, n × n, row-major.</param>
    /// <param name="n">How many equations there are.</param>
    /// <exception cref="ArithmeticException">A is not positive definite in this precision, or holds NaN; the
    /// message names the row.</exception>
    /// <remarks>O(n³/6) multiplications and additions.</remarks>
    public static void Factor<T>(Span<T> a, int n)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (!TryFactor(a, n, out int row, out T pivot))
        {
            throw new ArithmeticException($"The matrix is not positive definite: pivot {row} is {pivot}.");
        }
    }

    /// <summary>As <see cref="Factor"/>, but false where that throws; A is then half done.</summary>
    internal static bool TryFactor<T>(Span<T> a, int n)
        where T : struct, IFloatingPointIeee754<T> => TryFactor(a, n, out _, out _);

    private static bool TryFactor<T>(Span<T> a, int n, out int failed, out T pivot)
        where T : struct, IFloatingPointIeee754<T>
    {
        failed = 0;
        pivot = T.One;
        Debug.Assert(a.Length == n * n, "A must be n × n.");
        for (int i = 0; i < n; i++)
        {
            Span<T> row = a.Slice(i * n, n);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<T> above = a.Slice(j * n, n);
                row[j] = (row[j] - TensorPrimitives.Dot<T>(row[..j], above[..j])) / above[j];
            }

            pivot = row[i] - TensorPrimitives.Dot<T>(row[..i], row[..i]);
            if (!(pivot > T.Zero) || !T.IsFinite(pivot))
            {
                failed = i;
                return false;
            }

            row[i] = T.Sqrt(pivot);
        }

        return true;
    }

    /// <summary>Replaces b by the x of L·Lᵀ·x = b.</summary>
    /// <param name="factor">L as <see cref="Factor"/> left it, n × n.</param>
    /// <param name="b">Length n; afterwards x.</param>
    public static void Solve<T>(ReadOnlySpan<T> factor, Span<T> b)
        where T : struct, IFloatingPointIeee754<T>
    {
        int n = b.Length;
        Debug.Assert(factor.Length == n * n, "L must be n × n.");
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<T> row = factor.Slice(i * n, n);
            b[i] = (b[i] - TensorPrimitives.Dot<T>(row[..i], b[..i])) / row[i];
        }

        for (int i = n - 1; i >= 0; i--)
        {
            ReadOnlySpan<T> row = factor.Slice(i * n, n);
            T x = b[i] / row[i];
            b[i] = x;
            TensorPrimitives.MultiplyAdd(row[..i], -x, b[..i], b[..i]);
        }
    }
}
