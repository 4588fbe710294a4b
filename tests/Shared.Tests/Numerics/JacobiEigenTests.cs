using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Numerics;

public sealed class JacobiEigenTests
{
    [Fact]
    public void A_matrix_of_two_is_decomposed_as_by_hand()
    {
        // [[2, 1], [1, 2]] stretches (1, 1) by 3 and (1, -1) by 1.
        (double[] values, double[] rows) = JacobiEigen.Decompose([2, 1, 1, 2], 2);
        int first = values[0] > values[1] ? 0 : 1;

        Assert.Equal(3, values[first], 1e-12);
        Assert.Equal(1, values[1 - first], 1e-12);
        Assert.Equal(rows[2 * first], rows[(2 * first) + 1], 1e-12);
    }

    [Fact]
    public void Axes_are_orthogonal_and_rebuild_the_matrix_also_when_it_is_singular() =>
        Gen.Select(Gen.Int[1, 24], Gen.Int[0, 30], Gen.ULong).Sample((n, rank, seed) =>
        {
            SeededRandom random = new(seed);
            double[] gram = new double[n * n];
            for (int row = 0; row < rank; row++)
            {
                double[] y = [.. Enumerable.Range(0, n).Select(_ => random.NextNormal())];
                for (int index = 0; index < gram.Length; index++)
                {
                    gram[index] += y[index / n] * y[index % n];
                }
            }

            (double[] values, double[] axes) = JacobiEigen.Decompose(gram, n);

            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    double dot = 0, rebuilt = 0;
                    for (int k = 0; k < n; k++)
                    {
                        dot += axes[(i * n) + k] * axes[(j * n) + k];
                        rebuilt += values[k] * axes[(k * n) + i] * axes[(k * n) + j];
                    }

                    Assert.Equal(i == j ? 1 : 0, dot, 1e-9);
                    Assert.Equal(gram[(i * n) + j], rebuilt, 1e-8);
                }
            }
        }, iter: 60);
}
