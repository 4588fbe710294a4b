using Aisle.Factorization.Solvers;
using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Numerics;

/// <summary>The kernels of every width against their plain twins; a width that the processor lacks runs in software.</summary>
public sealed unsafe class SymmetricKernelTests
{
    /// <summary>Float32 sums of at most 100 products of numbers up to 1 differ from double's by less.</summary>
    private const double SumTolerance = 1e-4;

    /// <summary>The systems here have condition numbers up to about 100, so that float32 keeps five digits.</summary>
    private const double SolutionTolerance = 1e-3;

    private static readonly Gen<(int Width, int Count, ulong Seed)> AnyShape =
        Gen.Select(Gen.Int[1, 5].Select(blocks => 16 * blocks), Gen.Int[0, 100], Gen.ULong);

    [Fact]
    public void A_symmetric_update_equals_its_plain_twin() => AnyShape.Sample(shape =>
    {
        Updates<Lanes512>(shape.Width, shape.Count, shape.Seed);
        Updates<Lanes256>(shape.Width, shape.Count, shape.Seed);
        Updates<Lanes128>(shape.Width, shape.Count, shape.Seed);
    }, iter: 50);

    [Fact]
    public void A_pair_of_systems_is_solved_as_by_the_plain_twin() => AnyShape.Sample(shape =>
    {
        Solves<Lanes512>(shape.Width, shape.Seed);
        Solves<Lanes256>(shape.Width, shape.Seed);
        Solves<Lanes128>(shape.Width, shape.Seed);
    }, iter: 50);

    [Fact]
    public void A_system_that_is_not_positive_definite_is_reported_and_does_not_harm_its_partner()
    {
        const int Width = 16;
        using AlignedBuffer scratch = new(2 * SymmetricSystem.Size(Width));
        SymmetricSystem good = new(scratch.Pointer, Width);
        SymmetricSystem bad = new(scratch.Pointer + SymmetricSystem.Size(Width), Width);
        for (int i = 0; i < Width; i++)
        {
            good.A[(i * Width) + i] = 2;
            good.B[i] = i;
            bad.A[(i * Width) + i] = i == 3 ? -1 : 1;
        }

        Assert.Equal(1, CholeskyPair<Lanes512>.Solve(good, bad, Width));
        Assert.Equal(2.5f, good.X[5]);
    }

    private static void Updates<TLanes>(int width, int count, ulong seed)
        where TLanes : struct, ILanes<TLanes>
    {
        using AlignedBuffer panel = Random((long)count * width, seed);
        using AlignedBuffer c = new((long)width * width);
        using AlignedBuffer overwritten = new((long)width * width);
        new Span<float>(overwritten.Pointer, width * width).Fill(float.NaN);
        double[] expected = new double[width * width];
        for (int row = 0; row < count; row++)
        {
            NormalEquations.AddOuter<double>(expected, Wide(panel.Pointer + (row * width), width), 1);
        }

        SymmetricUpdate<TLanes>.Add(panel.Pointer, count, width, c.Pointer, 1, 0, width);
        SymmetricUpdate<TLanes>.Set(panel.Pointer, count, width, overwritten.Pointer);

        for (int i = 0; i < width; i++)
        {
            for (int j = i; j < width; j++)
            {
                Assert.Equal(expected[(j * width) + i], c.Pointer[(i * width) + j], SumTolerance);
                Assert.Equal(c.Pointer[(i * width) + j], overwritten.Pointer[(i * width) + j]);
            }
        }
    }

    private static void Solves<TLanes>(int width, ulong seed)
        where TLanes : struct, ILanes<TLanes>
    {
        using AlignedBuffer scratch = new(2 * SymmetricSystem.Size(width));
        SymmetricSystem first = new(scratch.Pointer, width);
        SymmetricSystem second = new(scratch.Pointer + SymmetricSystem.Size(width), width);
        double[] expectedFirst = Fill(first, width, seed);
        double[] expectedSecond = Fill(second, width, seed + 1);

        Assert.Equal(3, CholeskyPair<TLanes>.Solve(first, second, width));

        for (int i = 0; i < width; i++)
        {
            Assert.Equal(expectedFirst[i], first.X[i], SolutionTolerance);
            Assert.Equal(expectedSecond[i], second.X[i], SolutionTolerance);
        }
    }

    /// <summary>Fills a system with I + RᵀR and a right-hand side, and solves it plainly.</summary>
    private static double[] Fill(SymmetricSystem system, int width, ulong seed)
    {
        using AlignedBuffer rows = Random((long)width * width, seed);
        double[] a = new double[width * width];
        double[] b = new double[width];
        for (int row = 0; row < width; row++)
        {
            NormalEquations.AddOuter<double>(a, Wide(rows.Pointer + (row * width), width), 1);
            b[row] = rows.Pointer[row];
            a[(row * width) + row] += 1;
        }

        for (int i = 0; i < width; i++)
        {
            system.B[i] = (float)b[i];
            for (int j = i; j < width; j++)
            {
                system.A[(i * width) + j] = (float)a[(j * width) + i];
            }
        }

        Cholesky.Factor<double>(a, width);
        Cholesky.Solve<double>(a, b);
        return b;
    }

    private static AlignedBuffer Random(long length, ulong seed)
    {
        SeededRandom random = new(seed);
        AlignedBuffer buffer = new(length);
        for (long index = 0; index < length; index++)
        {
            buffer.Pointer[index] = (float)((2 * random.NextDouble()) - 1);
        }

        return buffer;
    }

    private static double[] Wide(float* values, int count)
    {
        double[] wide = new double[count];
        for (int index = 0; index < count; index++)
        {
            wide[index] = values[index];
        }

        return wide;
    }
}
