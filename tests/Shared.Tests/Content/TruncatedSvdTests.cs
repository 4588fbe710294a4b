using Aisle.Content;
using Aisle.Numerics;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Aisle.Tests.Content;

public sealed class TruncatedSvdTests
{
    /// <summary>Of singular values near 1, with the sketch as wide as the matrix.</summary>
    private const double Tolerance = 1e-8;

    [Fact]
    public void Directions_have_the_lengths_of_the_singular_values_when_the_sketch_is_wide_enough() =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.ULong).Sample((rows, columns, seed) =>
        {
            double[,] dense = Random(rows, columns, seed);
            double[] expected = [.. Matrix<double>.Build.DenseOfArray(dense).Svd(computeVectors: false).S.Where(value => value > 1e-5)];

            double[][] projected = TruncatedSvd.Project(Sparse(dense), new ContentOptions { Dimensions = 12, Oversampling = 8 }, CancellationToken.None);

            return projected.Length == expected.Length
                && projected.Zip(expected).All(pair => Math.Abs(Math.Sqrt(pair.First.Sum(x => x * x)) - pair.Second) < Tolerance * (1 + expected[0]));
        }, iter: 60);

    [Fact]
    public void All_directions_together_keep_the_inner_products_of_rows()
    {
        double[,] dense = Random(7, 5, seed: 3);
        double[][] projected = TruncatedSvd.Project(Sparse(dense), new ContentOptions { Dimensions = 5 }, CancellationToken.None);
        Matrix<double> expected = Matrix<double>.Build.DenseOfArray(dense);
        expected = expected * expected.Transpose();

        for (int i = 0; i < 7; i++)
        {
            for (int j = 0; j < 7; j++)
            {
                Assert.Equal(expected[i, j], projected.Sum(direction => direction[i] * direction[j]), Tolerance);
            }
        }
    }

    [Fact]
    public void The_sign_of_a_direction_does_not_depend_on_the_seed()
    {
        SparseRows matrix = Sparse(Random(20, 9, seed: 4));

        double[][] first = TruncatedSvd.Project(matrix, new ContentOptions { Dimensions = 4, Seed = 1 }, CancellationToken.None);
        double[][] second = TruncatedSvd.Project(matrix, new ContentOptions { Dimensions = 4, Seed = 2 }, CancellationToken.None);

        Assert.All(first.Zip(second), pair => Assert.True(pair.First.Zip(pair.Second).Sum(x => x.First * x.Second) > 0));
    }

    [Fact]
    public void Eigenvectors_of_a_symmetric_matrix_put_it_together_again()
    {
        double[,] root = Random(6, 6, seed: 5);
        Matrix<double> symmetric = Matrix<double>.Build.DenseOfArray(root);
        symmetric = symmetric * symmetric.Transpose();

        (double[] values, double[] vectors) = SymmetricEigen.Decompose([.. symmetric.ToRowMajorArray()], 6);

        Assert.Equal(values.OrderDescending(), values);
        for (int i = 0; i < 6; i++)
        {
            for (int j = 0; j < 6; j++)
            {
                Assert.Equal(symmetric[i, j], Enumerable.Range(0, 6).Sum(k => values[k] * vectors[(i * 6) + k] * vectors[(j * 6) + k]), 1e-10);
            }
        }
    }

    private static double[,] Random(int rows, int columns, ulong seed)
    {
        SeededRandom random = new(seed);
        double[,] values = new double[rows, columns];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                values[i, j] = random.NextDouble() < 0.6 ? random.NextNormal() : 0;
            }
        }

        return values;
    }

    private static SparseRows Sparse(double[,] dense)
    {
        List<int> starts = [0];
        List<int> terms = [];
        List<double> values = [];
        for (int i = 0; i < dense.GetLength(0); i++)
        {
            for (int j = 0; j < dense.GetLength(1); j++)
            {
                if (dense[i, j] != 0)
                {
                    terms.Add(j);
                    values.Add(dense[i, j]);
                }
            }

            starts.Add(terms.Count);
        }

        return new SparseRows(dense.GetLength(1), [.. starts], [.. terms], [.. values]);
    }
}
