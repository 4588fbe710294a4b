using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Aisle.Numerics;

/// <summary>Solves two systems A·x = b at once, each symmetric positive definite: a pivot of one is computed
/// while the other's is under way.</summary>
/// <remarks>A = UᵀU by blocks of 16 rows: a block takes all earlier rows' share in one <see cref="SymmetricUpdate{TLanes}"/>, is then
/// eliminated row by row together with the right-hand side, and back-substitution follows. The systems do not touch each other's numbers.
/// The plain version is <see cref="Cholesky"/>.</remarks>
internal static unsafe class CholeskyPair<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    private const int Block = 16;

    /// <summary>The least share of its diagonal entry that a pivot must keep: below it float32 has lost the digits that matter.</summary>
    private const float LeastPivot = 1e-5f;

    /// <summary>Solves both systems.</summary>
    /// <param name="first">The first system.</param>
    /// <param name="second">The second system, in other memory.</param>
    /// <param name="width">How many equations, a multiple of 16.</param>
    /// <returns>Which of the two were solved: 1 for the first, 2 for the second, 3 for both. One that was not is
    /// too ill-conditioned for float32.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Solve(SymmetricSystem first, SymmetricSystem second, int width)
    {
        Debug.Assert(width % Block == 0, "Equations come in whole blocks.");
        first.Begin(width);
        second.Begin(width);
        bool firstHolds = true, secondHolds = true;
        for (int start = 0; start < width; start += Block)
        {
            SymmetricUpdate<TLanes>.Add(first.A, start, width, first.A, -1, start, start + Block);
            SymmetricUpdate<TLanes>.Add(second.A, start, width, second.A, -1, start, start + Block);
            for (int row = start; row < start + Block; row++)
            {
                firstHolds &= Eliminate(first, row, start, width);
                secondHolds &= Eliminate(second, row, start, width);
            }
        }

        for (int start = width - Block; start >= 0; start -= Block)
        {
            Substitute(first, start, width);
            Substitute(second, start, width);
        }

        return (firstHolds ? 1 : 0) + (secondHolds ? 2 : 0);
    }

    /// <summary>Makes the second system the first's twin, for a row without a partner.</summary>
    public static void Copy(SymmetricSystem first, SymmetricSystem second, int width)
    {
        long bytes = SymmetricSystem.Size(width) * sizeof(float);
        Buffer.MemoryCopy(first.A, second.A, bytes, bytes);
    }

    /// <summary>Takes one row out of the later rows of its block and out of the right-hand side, and turns it into its row of U.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool Eliminate(SymmetricSystem system, int row, int start, int width)
    {
        float* pivotRow = system.A + ((long)row * width);
        float pivot = pivotRow[row];
        float inverse = 1 / pivot;
        float root = MathF.Sqrt(inverse);
        float right = system.B[row];
        system.Roots[row] = root;
        system.Y[row] = right * root;
        TLanes inverses = TLanes.Spread(-inverse), roots = TLanes.Spread(root), rights = TLanes.Spread(-right * inverse);
        for (int column = start; column < width; column += TLanes.Count)
        {
            TLanes values = TLanes.Load(pivotRow + column);
            TLanes scaled = TLanes.Multiply(values, inverses);
            float* target = pivotRow + column;
            for (int below = row + 1; below < start + Block; below++)
            {
                target += width;
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Spread(pivotRow[below]), scaled, TLanes.Load(target)), target);
            }

            TLanes.Store(TLanes.MultiplyAdd(rights, values, TLanes.Load(system.B + column)), system.B + column);
        }

        for (int column = start; column < width; column += TLanes.Count)
        {
            TLanes.Store(TLanes.Multiply(TLanes.Load(pivotRow + column), roots), pivotRow + column);
        }

        return pivot > LeastPivot * system.Diagonal[row];
    }

    /// <summary>x_i = (y_i − Σ_{j > i} U[i, j]·x_j) / U[i, i] for the rows of one block, whose later blocks are solved.</summary>
    /// <remarks>Within the block one number at a time: a vector read of what was just written by halves would
    /// stall the processor.</remarks>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Substitute(SymmetricSystem system, int start, int width)
    {
        float* later = stackalloc float[Block];
        for (int row = 0; row < Block; row++)
        {
            float* u = system.A + ((long)(start + row) * width);
            TLanes sum = TLanes.Zero;
            for (int column = start + Block; column < width; column += TLanes.Count)
            {
                sum = TLanes.MultiplyAdd(TLanes.Load(u + column), TLanes.Load(system.X + column), sum);
            }

            later[row] = system.Y[start + row] - TLanes.Sum(sum);
        }

        for (int row = Block - 1; row >= 0; row--)
        {
            float* u = system.A + ((long)(start + row) * width) + start;
            float value = later[row];
            for (int column = Block - 1; column > row; column--)
            {
                value -= u[column] * system.X[start + column];
            }

            system.X[start + row] = value * system.Roots[start + row];
        }
    }
}
