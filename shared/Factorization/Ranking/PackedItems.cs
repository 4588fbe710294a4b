using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Item factors laid out for scoring: longest first, in slabs of 32 items, within a slab factor by factor.</summary>
internal sealed unsafe class PackedItems : IDisposable
{
    /// <summary>Items, or users, handled together.</summary>
    public const int Slab = 32;

    private readonly AlignedBuffer _buffer;

    /// <summary>Packs.</summary>
    /// <param name="order">The items, longest first.</param>
    public PackedItems(ItemOrder order)
    {
        Count = order.Count;
        Width = order.Items.Width;
        Slabs = (Count + Slab - 1) / Slab;
        Order = order.Order;
        LongestOfSlab = [.. Enumerable.Range(0, Slabs).Select(slab => order.Lengths[slab * Slab])];
        _buffer = new AlignedBuffer((long)Slabs * Slab * Width);
        for (int position = 0; position < Count; position++)
        {
            Pack(order.Items[Order[position]], SlabAt(position / Slab) + (position % Slab));
        }
    }

    /// <summary>How many items there are.</summary>
    public int Count { get; }

    /// <summary>f.</summary>
    public int Width { get; }

    /// <summary>How many slabs there are; the last is filled up with zeros.</summary>
    public int Slabs { get; }

    /// <summary>The item at each packed position.</summary>
    public int[] Order { get; }

    /// <summary>The length of the first, and longest, item of each slab.</summary>
    public float[] LongestOfSlab { get; }

    /// <summary>The factors of one slab: f rows of 32.</summary>
    public float* SlabAt(int slab) => _buffer.Pointer + ((long)slab * Slab * Width);

    /// <summary>Writes one row's factors down a column of a slab.</summary>
    public static void Pack(ReadOnlySpan<float> factors, float* column)
    {
        for (int factor = 0; factor < factors.Length; factor++)
        {
            column[factor * Slab] = factors[factor];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
