using Aisle.Numerics;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Aisle.Tests.Numerics;

public sealed unsafe class SymmetricInverseTests
{
    [Fact]
    public void It_is_what_another_library_finds() => Gen.Select(Gen.Int[1, 10], Gen.Int).Sample((slabs, seed) =>
    {
        int n = 32 * slabs;
        Matrix<double> y = Matrix<double>.Build.Random(n, n, seed);
        Matrix<double> a = (y.TransposeThisAndMultiply(y) / n) + Matrix<double>.Build.DenseIdentity(n);
        using AlignedBuffer buffer = new((long)n * n);
        for (int i = 0; i < n; i++)
        {
            for (int j = i; j < n; j++)
            {
                buffer.Pointer[(i * n) + j] = (float)a[i, j];
            }
        }

        SymmetricInverse.Invert(buffer, n, new ParallelOptions { MaxDegreeOfParallelism = 2 });

        Matrix<double> expected = a.Inverse();
        for (int index = 0; index < n * n; index++)
        {
            Assert.Equal(expected[index / n, index % n], buffer.Pointer[index], tolerance: 1e-5);
        }
    }, iter: 12);

    [Fact]
    public void What_is_not_positive_definite_is_refused()
    {
        using AlignedBuffer zero = new(32 * 32);

        Assert.Throws<ArithmeticException>(() => SymmetricInverse.Invert(zero, 32, new ParallelOptions()));
    }
}
