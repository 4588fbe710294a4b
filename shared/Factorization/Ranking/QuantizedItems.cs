using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using Aisle.Factorization.Solvers;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Item factors rounded to 8 bits beside the exact ones, longest first: what cannot reach a threshold is
/// found out at a fraction of the cost.</summary>
/// <remarks>Panels of 256 items share one scale and one bound of the rounding error. Within a panel, tiles of 32 items; within a tile, four
/// factors of each item together, stored plus 128, as <see cref="ByteScores"/> wants them.</remarks>
internal sealed unsafe class QuantizedItems : IDisposable
{
    /// <summary>Items that share a scale.</summary>
    public const int Panel = 256;

    /// <summary>Items that one register tile holds.</summary>
    public const int Tile = ByteScores.Items;

    /// <summary>Float32 may compute an error too small by less than this share.</summary>
    private const float ErrorSlack = 1.0001f;

    /// <summary>Below this all factors are rounded to zero, which the error bound takes into account.</summary>
    private const float LeastMagnitude = 1e-30f;

    /// <summary>The step of zero in the stored bytes.</summary>
    private const byte Zero = 128;

    private readonly AlignedBuffer _bytes;
    private readonly AlignedBuffer _rows;
    private readonly double[] _chunks;

    /// <summary>Rounds the factors.</summary>
    /// <param name="order">The items, longest first.</param>
    public QuantizedItems(ItemOrder order)
    {
        Order = order;
        Panels = (order.Count + Panel - 1) / Panel;
        Stride = PaddedFactors.Padded(order.Items.Width);
        Scales = new float[Panels];
        LargestErrors = new float[Panels];
        _chunks = new double[Panels];
        _bytes = new AlignedBuffer((long)Panels * Panel * Fours);
        _rows = new AlignedBuffer((long)order.Count * Stride);
        for (int position = 0; position < order.Count; position++)
        {
            order.Items[order.Order[position]].CopyTo(Row(position));
        }

        Parallel.For(0, Panels, Quantize);
        LargestChunk = _chunks.Max();
    }

    /// <summary>The items, longest first.</summary>
    public ItemOrder Order { get; }

    /// <summary>How many panels there are; the last is filled up with zeros.</summary>
    public int Panels { get; }

    /// <summary>f rounded up to a multiple of 16.</summary>
    public int Stride { get; }

    /// <summary>How many groups of four factors there are.</summary>
    public int Fours => Stride / 4;

    /// <summary>What one step of a byte means in each panel; 1 where all factors are zero.</summary>
    public float[] Scales { get; }

    /// <summary>The largest ‖y − ŷ‖ of each panel.</summary>
    public float[] LargestErrors { get; }

    /// <summary>The largest length, in steps, of what one 16-bit sum takes of an item: half of a chunk's factors.</summary>
    public double LargestChunk { get; }

    /// <summary>The bytes of one panel.</summary>
    public byte* PanelAt(int panel) => (byte*)(_bytes.Pointer + ((long)panel * Panel * Fours));

    /// <summary>The exact factors of the item at a position, padded with zeros.</summary>
    public float* RowAt(int position) => _rows.Pointer + ((long)position * Stride);

    /// <summary>Rounds factors to −127 … 127 steps.</summary>
    /// <param name="factors">What is rounded, a multiple of 8.</param>
    /// <param name="scale">What a step means, positive.</param>
    /// <param name="steps">As long as the factors.</param>
    /// <returns>‖factors − scale·steps‖ or a little more, the error.</returns>
    [Kernel]
    public static float Round(ReadOnlySpan<float> factors, float scale, Span<int> steps)
    {
        Vector256<float> scales = Vector256.Create(scale), most = Vector256.Create(127f), error = default;
        for (int factor = 0; factor < factors.Length; factor += 8)
        {
            Vector256<float> values = Vector256.Create(factors.Slice(factor, 8));
            Vector256<float> whole = Vector256.Round(Vector256.Min(Vector256.Max(values / scales, -most), most));
            Vector256.ConvertToInt32(whole).CopyTo(steps.Slice(factor, 8));
            Vector256<float> left = values - (whole * scales);
            error += left * left;
        }

        return (MathF.Sqrt(Vector256.Sum(error)) * ErrorSlack) + (scale * ErrorSlack * 1e-5f);
    }

    /// <summary>The largest length, in steps, of what any 16-bit sum takes of a row: every other pair of a chunk's factors.</summary>
    public static double LongestChunk(ReadOnlySpan<int> steps)
    {
        int longest = 0;
        Span<int> squares = stackalloc int[2];
        for (int start = 0; start < steps.Length; start += 4 * ByteScores.Chunk)
        {
            squares.Clear();
            for (int factor = start; factor < Math.Min(start + (4 * ByteScores.Chunk), steps.Length); factor++)
            {
                squares[factor / 2 % 2] += steps[factor] * steps[factor];
            }

            longest = Math.Max(longest, Math.Max(squares[0], squares[1]));
        }

        return Math.Sqrt(longest);
    }

    /// <summary>What a step must mean for the largest of some magnitudes to fit; 1 when all are zero or so small
    /// that a step would vanish.</summary>
    public static float ScaleOf(float largest) => largest < LeastMagnitude ? 1 : largest / 127;

    /// <inheritdoc/>
    public void Dispose()
    {
        _bytes.Dispose();
        _rows.Dispose();
    }

    private Span<float> Row(int position) => _rows.Slice((long)position * Stride, Order.Items.Width);

    private void Quantize(int panel)
    {
        int first = panel * Panel;
        int count = Math.Min(Panel, Order.Count - first);
        float largest = 0;
        for (int item = 0; item < count; item++)
        {
            largest = Math.Max(largest, Math.Abs(TensorPrimitives.MaxMagnitude<float>(Row(first + item))));
        }

        Scales[panel] = ScaleOf(largest);
        byte* bytes = PanelAt(panel);
        new Span<byte>(bytes, Panel * Stride).Fill(Zero);
        Span<int> steps = new int[Stride];
        for (int item = 0; item < count; item++)
        {
            LargestErrors[panel] = Math.Max(LargestErrors[panel], Round(new ReadOnlySpan<float>(RowAt(first + item), Stride), Scales[panel], steps));
            _chunks[panel] = Math.Max(_chunks[panel], LongestChunk(steps));
            byte* tile = bytes + (item / Tile * Tile * Stride) + (item % Tile * 4);
            for (int factor = 0; factor < steps.Length; factor++)
            {
                tile[(factor / 4 * Tile * 4) + (factor % 4)] = (byte)(steps[factor] + Zero);
            }
        }
    }
}
