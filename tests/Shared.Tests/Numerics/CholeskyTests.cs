using Aisle.Numerics;
using CsCheck;
using MathNet.Numerics.LinearAlgebra;

namespace Aisle.Tests.Numerics;

public sealed class CholeskyTests
{
    [Fact]
    public void Two_equations_are_solved_as_by_hand()
    {
        double[] a = [4, 2, 2, 5]; // L = [2 0; 1 2]
        double[] b = [8, 12];

        Cholesky.Factor<double>(a, 2);
        Cholesky.Solve<double>(a, b);

        Assert.Equal([2.0, 1.0, 2.0], [a[0], a[2], a[3]]);
        Assert.Equal([1.0, 2.0], b);
    }

    [Fact]
    public void It_solves_what_another_library_solves() => Gen.Select(Gen.Int[1, 20], Gen.Int).Sample((n, seed) =>
    {
        Matrix<double> y = Matrix<double>.Build.Random(n, n, seed);
        Matrix<double> spd = (y.TransposeThisAndMultiply(y)) + Matrix<double>.Build.DenseIdentity(n);
        Vector<double> b = Vector<double>.Build.Random(n, seed + 1);
        double[] a = spd.ToRowMajorArray();
        double[] x = b.ToArray();

        Cholesky.Factor<double>(a, n);
        Cholesky.Solve<double>(a, x);

        double[] expected = [.. spd.Solve(b)];
        for (int index = 0; index < n; index++)
        {
            Assert.Equal(expected[index], x[index], tolerance: 1e-8);
        }
    });

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void What_is_not_positive_definite_is_refused(double diagonal) =>
        Assert.Throws<ArithmeticException>(() => Cholesky.Factor<double>([diagonal], 1));
}
