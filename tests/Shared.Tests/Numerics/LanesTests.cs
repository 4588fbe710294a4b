using System.Runtime.Intrinsics;
using Aisle.Numerics;

namespace Aisle.Tests.Numerics;

/// <summary>The operations of every width that are more than one instruction.</summary>
public sealed unsafe class LanesTests
{
    [Fact]
    public void Four_rows_are_stored_as_columns_at_every_width()
    {
        Transposes<Lanes512>();
        Transposes<Lanes256>();
        Transposes<Lanes128>();
    }

    [Fact]
    public void Four_sums_are_taken_at_every_width()
    {
        Sums<Lanes512>();
        Sums<Lanes256>();
        Sums<Lanes128>();
    }

    private static void Transposes<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        const int Stride = 6;
        using AlignedBuffer rows = Counting(4 * TLanes.Count);
        using AlignedBuffer columns = new(TLanes.Count * Stride);

        TLanes.StoreTransposed(Row<TLanes>(rows, 0), Row<TLanes>(rows, 1), Row<TLanes>(rows, 2), Row<TLanes>(rows, 3), columns.Pointer, Stride);

        for (int column = 0; column < TLanes.Count; column++)
        {
            for (int row = 0; row < 4; row++)
            {
                Assert.Equal((row * TLanes.Count) + column, columns.Pointer[(column * Stride) + row]);
            }
        }
    }

    private static void Sums<TLanes>()
        where TLanes : struct, ILanes<TLanes>
    {
        using AlignedBuffer rows = Counting(4 * TLanes.Count);
        Vector128<float> sums = TLanes.Sums(Row<TLanes>(rows, 0), Row<TLanes>(rows, 1), Row<TLanes>(rows, 2), Row<TLanes>(rows, 3));
        for (int row = 0; row < 4; row++)
        {
            Assert.Equal(Enumerable.Range(row * TLanes.Count, TLanes.Count).Sum(), sums[row]);
        }
    }

    private static TLanes Row<TLanes>(AlignedBuffer rows, int row)
        where TLanes : struct, ILanes<TLanes> => TLanes.Load(rows.Pointer + (row * TLanes.Count));

    private static AlignedBuffer Counting(int length)
    {
        AlignedBuffer buffer = new(length);
        for (int index = 0; index < length; index++)
        {
            buffer.Pointer[index] = index;
        }

        return buffer;
    }
}
