namespace Aisle.Content;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix.</summary>
/// <remarks>Cyclic Jacobi rotations (Golub and Van Loan 2013, section 8.5): O(n³) a sweep, quadratic convergence,
/// accurate for small eigenvalues.</remarks>
internal static class SymmetricEigen
{
    private const int MaxSweeps = 60;
    private const double Tolerance = 1e-28;

    /// <summary>Diagonalizes.</summary>
    /// <param name="a">n × n, row-major, symmetric; overwritten.</param>
    /// <param name="n">Its order.</param>
    /// <returns>Eigenvalues, largest first, and the eigenvectors as columns in that order (<c>Vectors[i * n + rank]</c>).</returns>
    public static (double[] Values, double[] Vectors) Decompose(double[] a, int n)
    {
        double[] v = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            v[(i * n) + i] = 1;
        }

        double scale = a.Sum(x => x * x);
        for (int sweep = 0; sweep < MaxSweeps && OffDiagonal(a, n) > Tolerance * scale; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(a, v, n, p, q);
                }
            }
        }

        return Sorted(a, v, n);
    }

    private static double OffDiagonal(double[] a, int n)
    {
        double sum = 0;
        for (int p = 0; p < n; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                sum += a[(p * n) + q] * a[(p * n) + q];
            }
        }

        return sum;
    }

    /// <summary>Turns the plane (p, q) so that the element at (p, q) vanishes.</summary>
    private static void Rotate(double[] a, double[] v, int n, int p, int q)
    {
        double apq = a[(p * n) + q];
        if (apq == 0)
        {
            return;
        }

        double theta = (a[(q * n) + q] - a[(p * n) + p]) / (2 * apq);
        double t = (theta >= 0 ? 1 : -1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double cos = 1 / Math.Sqrt((t * t) + 1);
        double sin = t * cos;
        for (int k = 0; k < n; k++)
        {
            Turn(a, (k * n) + p, (k * n) + q, cos, sin);
        }

        for (int k = 0; k < n; k++)
        {
            Turn(a, (p * n) + k, (q * n) + k, cos, sin);
            Turn(v, (k * n) + p, (k * n) + q, cos, sin);
        }
    }

    private static void Turn(double[] m, int first, int second, double cos, double sin)
    {
        double x = m[first];
        double y = m[second];
        m[first] = (cos * x) - (sin * y);
        m[second] = (sin * x) + (cos * y);
    }

    private static (double[] Values, double[] Vectors) Sorted(double[] a, double[] v, int n)
    {
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => a[(i * n) + i])];
        double[] values = [.. order.Select(i => a[(i * n) + i])];
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            for (int rank = 0; rank < n; rank++)
            {
                vectors[(i * n) + rank] = v[(i * n) + order[rank]];
            }
        }

        return (values, vectors);
    }
}
