using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Content;

/// <summary>The strongest singular directions of a large sparse matrix, found from a random sketch.</summary>
/// <remarks>Halko, Martinsson and Tropp (2011), algorithms 4.4 and 5.1. Every product is over whole columns, so the
/// number of threads changes no bit.</remarks>
internal static class TruncatedSvd
{
    /// <summary>Projects the rows of A on its strongest right singular vectors: U·Σ.</summary>
    /// <param name="matrix">A, rows × columns.</param>
    /// <param name="options">How many directions, how careful a sketch, which seed.</param>
    /// <param name="cancellationToken">Heeded between products.</param>
    /// <returns>One array of length rows for each direction, strongest first; fewer than asked when A has a lower rank.
    /// The sign is fixed: the entry of largest size of each right singular vector is positive.</returns>
    public static double[][] Project(SparseRows matrix, ContentOptions options, CancellationToken cancellationToken)
    {
        int width = Math.Min(options.Dimensions + options.Oversampling, Math.Min(matrix.Rows, matrix.Columns));
        double[][] sketch = Multiply(matrix, RandomColumns(matrix.Columns, width, options.Seed), cancellationToken);
        OrthonormalColumns.Make(sketch);
        for (int iteration = 0; iteration < options.PowerIterations; iteration++)
        {
            double[][] back = MultiplyTransposed(matrix, sketch, cancellationToken);
            OrthonormalColumns.Make(back);
            sketch = Multiply(matrix, back, cancellationToken);
            OrthonormalColumns.Make(sketch);
        }

        return Directions(sketch, MultiplyTransposed(matrix, sketch, cancellationToken), Math.Min(options.Dimensions, width));
    }

    /// <summary>From Q and B = QᵀA: the eigenvectors W of B·Bᵀ give U = Q·W, and B·ᵀW = V·Σ.</summary>
    private static double[][] Directions(double[][] q, double[][] transposedB, int count)
    {
        int width = q.Length;
        double[] gram = new double[width * width];
        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                gram[(i * width) + j] = gram[(j * width) + i] = TensorPrimitives.Dot<double>(transposedB[i], transposedB[j]);
            }
        }

        (double[] values, double[] vectors) = SymmetricEigen.Decompose(gram, width);
        double floor = Math.Max(values.FirstOrDefault(), 0) * 1e-12;
        return [.. Enumerable.Range(0, count)
            .Where(rank => values[rank] > floor)
            .Select(rank => Direction(q, transposedB, [.. Enumerable.Range(0, width).Select(i => vectors[(i * width) + rank])], values[rank]))];
    }

    private static double[] Direction(double[][] q, double[][] transposedB, double[] w, double eigenvalue)
    {
        double[] right = Combine(transposedB, w);
        double[] left = Combine(q, w);
        double sign = right[TensorPrimitives.IndexOfMaxMagnitude<double>(right)] < 0 ? -1 : 1;
        TensorPrimitives.Multiply(left, sign * Math.Sqrt(eigenvalue), left);
        return left;
    }

    private static double[] Combine(double[][] columns, double[] coefficients)
    {
        double[] sum = new double[columns[0].Length];
        for (int index = 0; index < columns.Length; index++)
        {
            TensorPrimitives.MultiplyAdd(columns[index], coefficients[index], sum, sum);
        }

        return sum;
    }

    private static double[][] RandomColumns(int length, int width, ulong seed)
    {
        double[][] columns = new double[width][];
        for (int column = 0; column < width; column++)
        {
            SeededRandom random = SeededRandom.Derive(seed, (ulong)column);
            columns[column] = [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];
        }

        return columns;
    }

    private static double[][] Multiply(SparseRows matrix, double[][] columns, CancellationToken cancellationToken) =>
        Each(columns, matrix.Rows, (from, to) => matrix.Multiply(from, to), cancellationToken);

    private static double[][] MultiplyTransposed(SparseRows matrix, double[][] columns, CancellationToken cancellationToken) =>
        Each(columns, matrix.Columns, (from, to) => matrix.MultiplyTransposed(from, to), cancellationToken);

    private static double[][] Each(double[][] columns, int length, Action<double[], double[]> multiply, CancellationToken cancellationToken)
    {
        double[][] results = new double[columns.Length][];
        Parallel.For(0, columns.Length, new ParallelOptions { CancellationToken = cancellationToken }, column =>
        {
            results[column] = new double[length];
            multiply(columns[column], results[column]);
        });
        return results;
    }
}
