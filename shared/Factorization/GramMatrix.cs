namespace Aisle.Factorization;

/// <summary>YᵀY, what all rows of one side weigh together.</summary>
internal static class GramMatrix
{
    /// <summary>Rows summed in float before they are added in double: a fixed number, so that threads cannot change the result.</summary>
    private const int BlockRows = 512;

    /// <summary>YᵀY of a factor matrix, f × f, row-major, symmetric.</summary>
    /// <remarks>O(n·f²). Float within blocks of <see cref="BlockRows"/> rows, double between them, blocks added in order.</remarks>
    public static double[] Of(FactorMatrix factors, int degreeOfParallelism, CancellationToken cancellationToken)
    {
        int f = factors.Width;
        int blocks = (factors.Count + BlockRows - 1) / BlockRows;
        double[] gram = new double[f * f];
        const int Wave = 64;
        float[][] partial = new float[Math.Min(Wave, blocks)][];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = degreeOfParallelism, CancellationToken = cancellationToken };
        for (int first = 0; first < blocks; first += Wave)
        {
            int count = Math.Min(Wave, blocks - first);
            int start = first;
            Parallel.For(0, count, parallel, block => AddBlock(factors, start + block, partial[block] ??= new float[f * f]));
            for (int block = 0; block < count; block++)
            {
                for (int index = 0; index < gram.Length; index++)
                {
                    gram[index] += partial[block][index];
                }
            }
        }

        Mirror(gram, f);
        return gram;
    }

    private static void AddBlock(FactorMatrix factors, int block, float[] sum)
    {
        Array.Clear(sum);
        int end = Math.Min(factors.Count, (block + 1) * BlockRows);
        for (int row = block * BlockRows; row < end; row++)
        {
            NormalEquations.AddOuter(sum, factors[row], 1);
        }
    }

    private static void Mirror(double[] lower, int f)
    {
        for (int i = 0; i < f; i++)
        {
            for (int j = i + 1; j < f; j++)
            {
                lower[(i * f) + j] = lower[(j * f) + i];
            }
        }
    }
}
