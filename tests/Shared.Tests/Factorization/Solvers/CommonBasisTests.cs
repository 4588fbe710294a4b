using Aisle.Factorization;
using Aisle.Factorization.Solvers;
using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Factorization.Solvers;

public sealed class CommonBasisTests
{
    [Fact]
    public void Turning_makes_the_gram_matrix_diagonal_and_can_be_undone() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 90], Gen.ULong).Sample((width, count, seed) =>
        {
            using PaddedFactors factors = Random(count, width, seed);
            using PaddedFactors others = Random(7, width, seed + 1);
            FactorMatrix before = factors.ToMatrix(), othersBefore = others.ToMatrix();
            CommonBasis basis = new(width);
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = 2 };

            double[] spectrum = [];
            for (int round = 0; round < 2; round++)
            {
                spectrum = basis.Turn(GramMatrix.Of(factors, 2, TestContext.Current.CancellationToken), factors, others, parallel);
            }

            double[] gram = GramMatrix.Of(factors.ToMatrix());
            double scale = Math.Max(1e-3, spectrum.Max());
            for (int index = 0; index < gram.Length; index++)
            {
                double expected = index / width == index % width ? spectrum[index % width] : 0;
                Assert.Equal(expected / scale, gram[index] / scale, 1e-4);
            }

            Near(before, basis.Restore(factors, parallel));
            Near(othersBefore, basis.Restore(others, parallel));
        }, iter: 40);

    private static void Near(FactorMatrix expected, FactorMatrix actual)
    {
        for (int index = 0; index < expected.Values.Length; index++)
        {
            Assert.Equal(expected.Values[index], actual.Values[index], 1e-4f);
        }
    }

    private static PaddedFactors Random(int count, int width, ulong seed)
    {
        SeededRandom random = new(seed);
        PaddedFactors factors = new(count, width);
        for (int row = 0; row < count; row++)
        {
            foreach (ref float factor in factors.Row(row))
            {
                factor = (float)random.NextNormal();
            }
        }

        return factors;
    }
}
