using System.Numerics;
using System.Numerics.Tensors;

namespace Aisle.Numerics;

/// <summary>The axes along which a symmetric positive semidefinite matrix only stretches.</summary>
/// <remarks>One-sided Jacobi rotations (Hestenes 1958; Demmel and Veselić 1992): rows of G and of an orthogonal matrix are turned in pairs
/// until those of G are orthogonal. Everything runs over contiguous rows: O(n³) a sweep, few sweeps where G is nearly diagonal.</remarks>
internal static class JacobiEigen
{
    private const int MaxSweeps = 40;

    /// <summary>Two rows whose cosine is smaller count as orthogonal.</summary>
    private const double Tolerance = 1e-13;

    /// <summary>A row shorter than this share of the longest is zero but for rounding.</summary>
    private const double Negligible = 1e-15;

    /// <summary>Diagonalizes.</summary>
    /// <param name="gram">G, n × n, row-major, symmetric, positive semidefinite.</param>
    /// <param name="n">Its order.</param>
    /// <returns>Eigenvalues in no particular order, not negative, and the eigenvector of each as a row.</returns>
    public static (double[] Values, double[] Rows) Decompose(ReadOnlySpan<double> gram, int n)
    {
        double[] turned = gram.ToArray();
        double[] axes = new double[n * n];
        for (int row = 0; row < n; row++)
        {
            axes[(row * n) + row] = 1;
        }

        double least = Negligible * Negligible * TensorPrimitives.SumOfSquares<double>(turned);
        for (int sweep = 0; sweep < MaxSweeps && Sweep(turned, axes, n, least); sweep++)
        {
        }

        double[] values = new double[n];
        for (int row = 0; row < n; row++)
        {
            values[row] = Math.Max(0, TensorPrimitives.Dot<double>(turned.AsSpan(row * n, n), axes.AsSpan(row * n, n)));
        }

        return (values, axes);
    }

    /// <summary>Makes each pair of rows orthogonal once; false when all were.</summary>
    private static bool Sweep(double[] turned, double[] axes, int n, double least)
    {
        bool any = false;
        for (int p = 0; p < n; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                Span<double> first = turned.AsSpan(p * n, n), second = turned.AsSpan(q * n, n);
                double alpha = TensorPrimitives.SumOfSquares<double>(first);
                double beta = TensorPrimitives.SumOfSquares<double>(second);
                double gamma = TensorPrimitives.Dot<double>(first, second);
                if (Math.Min(alpha, beta) > least && gamma * gamma > Tolerance * Tolerance * alpha * beta)
                {
                    any = true;
                    double zeta = (beta - alpha) / (2 * gamma);
                    double tangent = Math.CopySign(1, zeta) / (Math.Abs(zeta) + Math.Sqrt(1 + (zeta * zeta)));
                    double cosine = 1 / Math.Sqrt(1 + (tangent * tangent));
                    Turn(first, second, cosine, cosine * tangent);
                    Turn(axes.AsSpan(p * n, n), axes.AsSpan(q * n, n), cosine, cosine * tangent);
                }
            }
        }

        return any;
    }

    /// <summary>(first, second) := (c·first − s·second, s·first + c·second).</summary>
    private static void Turn(Span<double> first, Span<double> second, double cosine, double sine)
    {
        int column = 0;
        for (; column + Vector<double>.Count <= first.Length; column += Vector<double>.Count)
        {
            Vector<double> x = new(first[column..]), y = new(second[column..]);
            ((x * cosine) - (y * sine)).CopyTo(first[column..]);
            ((x * sine) + (y * cosine)).CopyTo(second[column..]);
        }

        for (; column < first.Length; column++)
        {
            double x = first[column], y = second[column];
            first[column] = (cosine * x) - (sine * y);
            second[column] = (sine * x) + (cosine * y);
        }
    }
}
