using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>The basis in which both sides' factors are written while they are trained: turned before each
/// half-step so that YᵀY is diagonal.</summary>
/// <remarks>A score x·y and a length ‖x‖ are the same in every orthogonal basis, so the loss is too. A diagonal Gram matrix makes short
/// rows cheap and is a good preconditioner. Factors are handed out in the basis they started in.</remarks>
/// <param name="width">f.</param>
internal sealed unsafe class CommonBasis(int width)
{
    /// <summary>Up to this many factors the turning costs next to nothing beside the half-step.</summary>
    public const int LargestWidth = 256;

    private double[] _axes = Identity(width);

    /// <summary>Turns both sides so that YᵀY becomes diagonal.</summary>
    /// <param name="gram">YᵀY of the known side, f × f.</param>
    /// <param name="known">The side that the next half-step solves from.</param>
    /// <param name="solved">The side that it solves, when it starts from what is there; else null.</param>
    /// <param name="parallel">How many threads, and cancellation.</param>
    /// <returns>The diagonal, length f.</returns>
    public double[] Turn(double[] gram, PaddedFactors known, PaddedFactors? solved, ParallelOptions parallel)
    {
        (double[] spectrum, double[] axes) = JacobiEigen.Decompose(gram, width);
        Apply(axes, known, parallel);
        if (solved is not null)
        {
            Apply(axes, solved, parallel);
        }

        _axes = Product(axes, _axes);
        return spectrum;
    }

    /// <summary>The factors in the basis they started in.</summary>
    public FactorMatrix Restore(PaddedFactors factors, ParallelOptions parallel)
    {
        FactorMatrix matrix = new(factors.Count, width);
        ForBlocks(Transposed(_axes), factors, parallel, (row, turned) => turned.CopyTo(matrix.Row(row)));
        return matrix;
    }

    private static void Apply(double[] axes, PaddedFactors factors, ParallelOptions parallel) =>
        ForBlocks(axes, factors, parallel, (row, turned) => turned.CopyTo(factors.Row(row)));

    private delegate void Sink(int row, ReadOnlySpan<float> turned);

    /// <summary>Hands axes·y to somebody for each row y, as many rows as factors at a time.</summary>
    private static void ForBlocks(double[] axes, PaddedFactors factors, ParallelOptions parallel, Sink sink)
    {
        int stride = factors.Stride;
        using AlignedBuffer columns = Columns(axes, factors.Width, stride);
        float* right = columns.Pointer;
        Parallel.For(
            0,
            (factors.Count + stride - 1) / stride,
            parallel,
            () => new AlignedBuffer(2L * stride * stride),
            (block, _, scratch) =>
            {
                int first = block * stride;
                int count = Math.Min(stride, factors.Count - first);
                Multiply(factors.Pointer + ((long)first * stride), count, right, stride, scratch.Pointer);
                for (int row = 0; row < count; row++)
                {
                    sink(first + row, scratch.Slice((long)row * stride, factors.Width));
                }

                return scratch;
            },
            scratch => scratch.Dispose());
    }

    /// <summary>The first half of the scratch memory becomes rows · columns; the second takes the rows, transposed.</summary>
    private static void Multiply(float* rows, int count, float* columns, int stride, float* scratch)
    {
        float* transposed = scratch + ((long)stride * stride);
        new Span<float>(scratch, stride * stride).Clear();
        for (int row = 0; row < count; row++)
        {
            for (int factor = 0; factor < stride; factor++)
            {
                transposed[(factor * stride) + row] = rows[((long)row * stride) + factor];
            }
        }

        for (int row = 0; row < count; row += SymmetricUpdate<Lanes512>.TileRows)
        {
            Kernels.AddStrip(transposed + row, columns, stride, stride, stride, scratch + ((long)row * stride), stride, 1);
        }
    }

    /// <summary>The axes as columns, in float32, padded with zeros.</summary>
    private static AlignedBuffer Columns(double[] axes, int f, int stride)
    {
        AlignedBuffer columns = new((long)stride * stride);
        for (int axis = 0; axis < f; axis++)
        {
            for (int factor = 0; factor < f; factor++)
            {
                columns.Pointer[(factor * stride) + axis] = (float)axes[(axis * f) + factor];
            }
        }

        return columns;
    }

    private static double[] Identity(int n)
    {
        double[] identity = new double[n * n];
        for (int row = 0; row < n; row++)
        {
            identity[(row * n) + row] = 1;
        }

        return identity;
    }

    private double[] Transposed(double[] matrix)
    {
        double[] transposed = new double[width * width];
        for (int row = 0; row < width; row++)
        {
            for (int column = 0; column < width; column++)
            {
                transposed[(column * width) + row] = matrix[(row * width) + column];
            }
        }

        return transposed;
    }

    private double[] Product(double[] left, double[] right)
    {
        double[] product = new double[width * width];
        for (int row = 0; row < width; row++)
        {
            Span<double> target = product.AsSpan(row * width, width);
            for (int inner = 0; inner < width; inner++)
            {
                TensorPrimitives.MultiplyAdd<double>(right.AsSpan(inner * width, width), left[(row * width) + inner], target, target);
            }
        }

        return product;
    }
}
