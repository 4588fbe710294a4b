using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Aisle.Numerics;

/// <summary>C ± PᵀP for a symmetric C: the work of an exact half-step. Only the blocks on and above the diagonal are touched.</summary>
/// <remarks>Register tiles of 8 rows × 2 vectors (16 sums in registers, two loads and eight broadcasts for sixteen multiply-adds), or 8 × 1
/// where a strip has an odd vector left, or where the processor has only sixteen registers. The plain version is
/// <c>NormalEquations.AddOuter</c>.</remarks>
internal static unsafe class SymmetricUpdate<TLanes>
    where TLanes : struct, ILanes<TLanes>
{
    /// <summary>The height of a tile; matrix rows come in multiples of it.</summary>
    public const int TileRows = 8;

    /// <summary>C[i, j] += sign · Σ_k P[k, i]·P[k, j] for the rows i from <paramref name="firstRow"/> to
    /// <paramref name="endRow"/> and j from the diagonal on.</summary>
    /// <param name="panel">P, count × width, row-major.</param>
    /// <param name="count">How many rows P has.</param>
    /// <param name="width">The row length of P and C, a multiple of 16.</param>
    /// <param name="c">C, width × width, row-major. It may be the matrix whose upper rows are P, when the rows written are others.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="firstRow">The first row to update, a multiple of 8.</param>
    /// <param name="endRow">The row after the last, a multiple of 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* panel, int count, int width, float* c, float sign, int firstRow, int endRow)
    {
        Debug.Assert(width % 16 == 0 && firstRow % TileRows == 0 && endRow % TileRows == 0, "Shapes come in whole tiles.");
        for (int row = firstRow; row < endRow; row += TileRows)
        {
            int column = row - (row % TLanes.Count);
            Strip(panel + row, panel + column, count, width, width - column, c + ((long)row * width) + column, width, sign);
        }
    }

    /// <summary>C[i, j] := Σ_k P[k, i]·P[k, j] for all rows i and j from the diagonal on, whatever C held: spares
    /// the reading of what would be zero.</summary>
    /// <param name="panel">P, count × width, row-major.</param>
    /// <param name="count">How many rows P has.</param>
    /// <param name="width">The row length of P and C, a multiple of 16.</param>
    /// <param name="c">C, width × width, row-major.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Set(float* panel, int count, int width, float* c)
    {
        Debug.Assert(width % 16 == 0, "Shapes come in whole tiles.");
        for (int row = 0; row < width; row += TileRows)
        {
            int column = row - (row % TLanes.Count);
            Strip(panel + row, panel + column, count, width, width - column, c + ((long)row * width) + column, width, 1, overwrite: true);
        }
    }

    /// <summary>C[i, j] += sign · Σ_k left[k, i]·right[k, j] for eight rows i and any whole number of vectors j.</summary>
    /// <param name="left">The panel's columns that belong to the rows of C.</param>
    /// <param name="right">The panel's columns that belong to the columns of C.</param>
    /// <param name="count">How many rows the panels have.</param>
    /// <param name="panelStride">From one panel row to the next.</param>
    /// <param name="columns">How many columns of C, a multiple of the number of lanes.</param>
    /// <param name="c">The corner of C.</param>
    /// <param name="stride">From one row of C to the next.</param>
    /// <param name="sign">1 or −1.</param>
    /// <param name="overwrite">Whether C is taken as zero.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Strip(float* left, float* right, int count, int panelStride, int columns, float* c, int stride, float sign, bool overwrite = false)
    {
        int column = 0;
        if (TLanes.Count == 16)
        {
            for (; column + (2 * TLanes.Count) <= columns; column += 2 * TLanes.Count)
            {
                Tile8x2(left, right + column, count, panelStride, c + column, stride, sign, overwrite);
            }
        }

        for (; column < columns; column += TLanes.Count)
        {
            Tile8x1(left, right + column, count, panelStride, c + column, stride, sign, overwrite);
        }
    }

    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x2(float* left, float* right, int count, int panelStride, float* c, int stride, float sign, bool overwrite)
    {
        TLanes c00 = TLanes.Zero, c01 = TLanes.Zero, c10 = TLanes.Zero, c11 = TLanes.Zero, c20 = TLanes.Zero, c21 = TLanes.Zero, c30 = TLanes.Zero, c31 = TLanes.Zero;
        TLanes c40 = TLanes.Zero, c41 = TLanes.Zero, c50 = TLanes.Zero, c51 = TLanes.Zero, c60 = TLanes.Zero, c61 = TLanes.Zero, c70 = TLanes.Zero, c71 = TLanes.Zero;
        for (int k = 0; k < count; k++)
        {
            TLanes r0 = TLanes.Load(right);
            TLanes r1 = TLanes.Load(right + TLanes.Count);
            TLanes l = TLanes.Spread(left[0]);
            c00 = TLanes.MultiplyAdd(l, r0, c00);
            c01 = TLanes.MultiplyAdd(l, r1, c01);
            l = TLanes.Spread(left[1]);
            c10 = TLanes.MultiplyAdd(l, r0, c10);
            c11 = TLanes.MultiplyAdd(l, r1, c11);
            l = TLanes.Spread(left[2]);
            c20 = TLanes.MultiplyAdd(l, r0, c20);
            c21 = TLanes.MultiplyAdd(l, r1, c21);
            l = TLanes.Spread(left[3]);
            c30 = TLanes.MultiplyAdd(l, r0, c30);
            c31 = TLanes.MultiplyAdd(l, r1, c31);
            l = TLanes.Spread(left[4]);
            c40 = TLanes.MultiplyAdd(l, r0, c40);
            c41 = TLanes.MultiplyAdd(l, r1, c41);
            l = TLanes.Spread(left[5]);
            c50 = TLanes.MultiplyAdd(l, r0, c50);
            c51 = TLanes.MultiplyAdd(l, r1, c51);
            l = TLanes.Spread(left[6]);
            c60 = TLanes.MultiplyAdd(l, r0, c60);
            c61 = TLanes.MultiplyAdd(l, r1, c61);
            l = TLanes.Spread(left[7]);
            c70 = TLanes.MultiplyAdd(l, r0, c70);
            c71 = TLanes.MultiplyAdd(l, r1, c71);
            left += panelStride;
            right += panelStride;
        }

        TLanes s = TLanes.Spread(sign);
        Accumulate(c, stride, s, overwrite, c00, c10, c20, c30, c40, c50, c60, c70);
        Accumulate(c + TLanes.Count, stride, s, overwrite, c01, c11, c21, c31, c41, c51, c61, c71);
    }

    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile8x1(float* left, float* right, int count, int panelStride, float* c, int stride, float sign, bool overwrite)
    {
        TLanes c0 = TLanes.Zero, c1 = TLanes.Zero, c2 = TLanes.Zero, c3 = TLanes.Zero, c4 = TLanes.Zero, c5 = TLanes.Zero, c6 = TLanes.Zero, c7 = TLanes.Zero;
        for (int k = 0; k < count; k++)
        {
            TLanes r = TLanes.Load(right);
            c0 = TLanes.MultiplyAdd(TLanes.Spread(left[0]), r, c0);
            c1 = TLanes.MultiplyAdd(TLanes.Spread(left[1]), r, c1);
            c2 = TLanes.MultiplyAdd(TLanes.Spread(left[2]), r, c2);
            c3 = TLanes.MultiplyAdd(TLanes.Spread(left[3]), r, c3);
            c4 = TLanes.MultiplyAdd(TLanes.Spread(left[4]), r, c4);
            c5 = TLanes.MultiplyAdd(TLanes.Spread(left[5]), r, c5);
            c6 = TLanes.MultiplyAdd(TLanes.Spread(left[6]), r, c6);
            c7 = TLanes.MultiplyAdd(TLanes.Spread(left[7]), r, c7);
            left += panelStride;
            right += panelStride;
        }

        Accumulate(c, stride, TLanes.Spread(sign), overwrite, c0, c1, c2, c3, c4, c5, c6, c7);
    }

    /// <summary>Adds one vector of a tile's sums to each of eight rows of C, or writes it there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(float* c, int stride, TLanes sign, bool overwrite, TLanes c0, TLanes c1, TLanes c2, TLanes c3, TLanes c4, TLanes c5, TLanes c6, TLanes c7)
    {
        Accumulate(c, sign, overwrite, c0);
        Accumulate(c + stride, sign, overwrite, c1);
        Accumulate(c + (2L * stride), sign, overwrite, c2);
        Accumulate(c + (3L * stride), sign, overwrite, c3);
        Accumulate(c + (4L * stride), sign, overwrite, c4);
        Accumulate(c + (5L * stride), sign, overwrite, c5);
        Accumulate(c + (6L * stride), sign, overwrite, c6);
        Accumulate(c + (7L * stride), sign, overwrite, c7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(float* c, TLanes sign, bool overwrite, TLanes sum) =>
        TLanes.Store(overwrite ? TLanes.Multiply(sign, sum) : TLanes.MultiplyAdd(sign, sum, TLanes.Load(c)), c);
}
