using System.Numerics.Tensors;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Item factors rounded to 8 bits beside the exact ones, in the order of <see cref="PackedItems"/>: what cannot reach a threshold is found out at a fraction of the cost.</summary>
/// <remarks>Within a slab of 32 items all share one scale. Bytes are stored plus 128, four factors of an item together, as the instruction wants them.</remarks>
internal sealed unsafe class QuantizedItems : IDisposable
{
    private const int Slab = PackedItems.Slab;

    private readonly AlignedBuffer _bytes;
    private readonly AlignedBuffer _rows;

    /// <summary>Rounds the factors.</summary>
    /// <param name="packed">Gives the order.</param>
    /// <param name="items">Item factors.</param>
    public QuantizedItems(PackedItems packed, FactorMatrix items)
    {
        Packed = packed;
        Stride = PaddedFactors.Padded(items.Width);
        Fours = Stride / 4;
        Scales = new float[packed.Slabs];
        LargestErrors = new float[packed.Slabs];
        _bytes = new AlignedBuffer((long)packed.Slabs * Slab * Fours);
        _rows = new AlignedBuffer((long)packed.Slabs * Slab * Stride);
        for (int position = 0; position < packed.Count; position++)
        {
            items[packed.Order[position]].CopyTo(Row(position));
        }

        Parallel.For(0, packed.Slabs, Quantize);
    }

    /// <summary>The order, and the length of the longest item of each slab.</summary>
    public PackedItems Packed { get; }

    /// <summary>f rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>How many groups of four factors there are.</summary>
    public int Fours { get; }

    /// <summary>What one step of a byte means in each slab; 1 where all factors are zero.</summary>
    public float[] Scales { get; }

    /// <summary>The largest ‖y − ŷ‖ of each slab.</summary>
    public float[] LargestErrors { get; }

    /// <summary>The bytes of one slab: for each four factors, 32 items of 4 bytes.</summary>
    public byte* SlabAt(int slab) => (byte*)(_bytes.Pointer + ((long)slab * Slab * Fours));

    /// <summary>The exact factors of the item at a packed position.</summary>
    public Span<float> Row(int position) => _rows.Slice((long)position * Stride, Packed.Width);

    /// <summary>The exact factors of the item at a packed position, padded with zeros.</summary>
    public float* RowAt(int position) => _rows.Pointer + ((long)position * Stride);

    /// <summary>Rounds factors to −127 … 127 steps.</summary>
    /// <param name="factors">What is rounded.</param>
    /// <param name="scale">What a step means, positive.</param>
    /// <param name="steps">As long as the factors.</param>
    /// <returns>‖factors − scale·steps‖, the error.</returns>
    public static float Round(ReadOnlySpan<float> factors, float scale, Span<sbyte> steps)
    {
        double error = 0;
        for (int factor = 0; factor < factors.Length; factor++)
        {
            float step = Math.Clamp(MathF.Round(factors[factor] / scale), -127, 127);
            steps[factor] = (sbyte)step;
            double left = factors[factor] - ((double)scale * step);
            error += left * left;
        }

        return (float)Math.Sqrt(error);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        _rows.Dispose();
    }

    private void Quantize(int slab)
    {
        int first = slab * Slab;
        int count = Math.Min(Slab, Packed.Count - first);
        float largest = 0;
        for (int item = 0; item < count; item++)
        {
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<float>(Row(first + item))));
        }

        Scales[slab] = largest == 0 ? 1 : largest / 127;
        Span<sbyte> steps = stackalloc sbyte[4096];
        byte* bytes = SlabAt(slab);
        new Span<byte>(bytes, Slab * Stride).Fill(128);
        for (int item = 0; item < count; item++)
        {
            LargestErrors[slab] = Math.Max(LargestErrors[slab], Round(Row(first + item), Scales[slab], steps));
            for (int factor = 0; factor < Packed.Width; factor++)
            {
                bytes[(factor / 4 * Slab * 4) + (item * 4) + (factor % 4)] = (byte)(steps[factor] + 128);
            }
        }
    }
}
