using System.Buffers;
using Aisle.Factorization.Ranking;
using Aisle.Numerics;

namespace Aisle.Factorization.Scoring;

/// <summary>The rows of a matrix, multiplied by up to 32 vectors at once: how a whole catalogue is scored for a block of
/// shoppers. Safe for several threads.</summary>
/// <remarks>Each product is summed factor by factor in the order of the factors, whatever else the block holds and
/// whatever the processor's width, so a vector gets the same products in any block. The plain version is
/// <see cref="ExactRows"/>, which may round otherwise.</remarks>
internal sealed unsafe class BlockProducts : IDisposable
{
    /// <summary>How many vectors a block has at most.</summary>
    public const int Vectors = PackedItems.Slab;

    private readonly AlignedBuffer _packed;

    /// <summary>Packs the rows in slabs of 32, within a slab factor by factor: O(n·f).</summary>
    /// <param name="rows">n × f.</param>
    public BlockProducts(FactorMatrix rows)
    {
        Width = rows.Width;
        Stride = (rows.Count + Vectors - 1) / Vectors * Vectors;
        _packed = new AlignedBuffer((long)Stride * Width);
        for (int row = 0; row < rows.Count; row++)
        {
            PackedItems.Pack(rows[row], SlabOf(row) + (row % Vectors));
        }
    }

    /// <summary>f.</summary>
    public int Width { get; }

    /// <summary>From one vector's products to the next one's: n, brought up to whole slabs.</summary>
    public int Stride { get; }

    /// <summary>Multiplies all rows by some vectors.</summary>
    /// <param name="vectors">count × f, row-major.</param>
    /// <param name="count">How many vectors, in 0 … <see cref="Vectors"/>.</param>
    /// <param name="products">Vectors × stride, row-major; those past n and past the given vectors are overwritten too.</param>
    /// <exception cref="ArgumentException">Lengths do not fit.</exception>
    public void Multiply(ReadOnlySpan<float> vectors, int count, Span<float> products)
    {
        if ((uint)count > Vectors || vectors.Length < count * Width || products.Length < Vectors * Stride)
        {
            throw new ArgumentException($"At most {Vectors} vectors of {Width} numbers and room for {Vectors} × {Stride} products are needed.");
        }

        float[] columns = ArrayPool<float>.Shared.Rent(Vectors * Width);
        Array.Clear(columns);
        fixed (float* left = columns, target = products)
        {
            for (int vector = 0; vector < count; vector++)
            {
                PackedItems.Pack(vectors.Slice(vector * Width, Width), left + vector);
            }

            Multiply(left, count, target);
        }

        ArrayPool<float>.Shared.Return(columns);
    }

    /// <inheritdoc/>
    public void Dispose() => _packed.Dispose();

    private void Multiply(float* columns, int count, float* products)
    {
        if (Lanes512.IsAccelerated)
        {
            Multiply<Lanes512>(columns, count, products);
        }
        else if (Lanes256.IsAccelerated)
        {
            Multiply<Lanes256>(columns, count, products);
        }
        else
        {
            Multiply<Lanes128>(columns, count, products);
        }
    }

    /// <summary>Slab by slab, so that a slab is read once for all vectors.</summary>
    private void Multiply<TLanes>(float* columns, int count, float* products)
        where TLanes : struct, ILanes<TLanes>
    {
        for (int row = 0; row < Stride; row += Vectors)
        {
            for (int vector = 0; vector < count; vector += SymmetricUpdate<TLanes>.TileRows)
            {
                SymmetricUpdate<TLanes>.Strip(
                    columns + vector, SlabOf(row), Width, Vectors, Vectors, products + ((long)vector * Stride) + row, Stride, sign: 1, overwrite: true);
            }
        }
    }

    private float* SlabOf(int row) => _packed.Pointer + ((long)(row / Vectors) * Vectors * Width);
}
