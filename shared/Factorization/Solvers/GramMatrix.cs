using Aisle.Numerics;

namespace Aisle.Factorization.Solvers;

/// <summary>YᵀY, what all rows of one side weigh together.</summary>
internal static unsafe class GramMatrix
{
    /// <summary>Rows summed in float32 before they are added in double: a fixed number, so that threads cannot change the result.</summary>
    private const int BlockRows = 512;

    /// <summary>Blocks in flight at once, which bounds the memory.</summary>
    private const int WaveBlocks = 32;

    /// <summary>YᵀY of factors under training, f × f, row-major, symmetric.</summary>
    /// <remarks>O(n·f²). Float32 within blocks of 512 rows, double between them, blocks added in order.</remarks>
    public static double[] Of(PaddedFactors factors, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        int stride = factors.Stride;
        int blocks = (factors.Count + BlockRows - 1) / BlockRows;
        double[] sum = new double[stride * stride];
        using AlignedBuffer partial = new((long)stride * stride * Math.Min(WaveBlocks, blocks));
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        for (int first = 0; first < blocks; first += WaveBlocks)
        {
            int start = first;
            int count = Math.Min(WaveBlocks, blocks - first);
            Parallel.For(0, count, parallel, block => AddBlock(factors, start + block, partial.Slice((long)block * sum.Length, sum.Length)));
            for (int block = 0; block < count; block++)
            {
                Accumulate(sum, partial.Slice((long)block * sum.Length, sum.Length));
            }
        }

        return Symmetric(sum, stride, factors.Width);
    }

    /// <summary>YᵀY of trained factors.</summary>
    /// <remarks>Plain and in double precision, since it is done once for a model.</remarks>
    public static double[] Of(FactorMatrix factors)
    {
        int f = factors.Width;
        double[] sum = new double[f * f];
        double[] row = new double[f];
        for (int index = 0; index < factors.Count; index++)
        {
            for (int factor = 0; factor < f; factor++)
            {
                row[factor] = factors[index][factor];
            }

            NormalEquations.AddOuter<double>(sum, row, 1);
        }

        return Symmetric(Transposed(sum, f), f, f);
    }

    private static void AddBlock(PaddedFactors factors, int block, Span<float> sum)
    {
        sum.Clear();
        int first = block * BlockRows;
        int count = Math.Min(BlockRows, factors.Count - first);
        fixed (float* c = sum)
        {
            Kernels.AddSymmetric(factors.Pointer + ((long)first * factors.Stride), count, factors.Stride, c);
        }
    }

    private static void Accumulate(double[] sum, ReadOnlySpan<float> part)
    {
        for (int index = 0; index < part.Length; index++)
        {
            sum[index] += part[index];
        }
    }

    /// <summary>The first f rows and columns of a matrix whose upper triangle counts.</summary>
    private static double[] Symmetric(double[] upper, int stride, int f)
    {
        double[] gram = new double[f * f];
        for (int i = 0; i < f; i++)
        {
            for (int j = 0; j < f; j++)
            {
                gram[(i * f) + j] = upper[(Math.Min(i, j) * stride) + Math.Max(i, j)];
            }
        }

        return gram;
    }

    private static double[] Transposed(double[] matrix, int f)
    {
        double[] transposed = new double[f * f];
        for (int i = 0; i < f * f; i++)
        {
            transposed[i] = matrix[((i % f) * f) + (i / f)];
        }

        return transposed;
    }
}
