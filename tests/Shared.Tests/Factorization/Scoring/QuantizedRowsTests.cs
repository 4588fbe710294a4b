using System.Numerics.Tensors;
using System.Runtime.Intrinsics.X86;
using Aisle.Factorization;
using Aisle.Factorization.Scoring;
using Aisle.Numerics;
using CsCheck;

namespace Aisle.Tests.Factorization.Scoring;

public sealed class QuantizedRowsTests
{
    private static readonly Gen<FactorMatrix> AnyMatrix =
        from count in Gen.Int[0, 40]
        from width in Gen.Int[1, 100]
        from scale in Gen.Float[1e-6f, 1e6f]
        from seed in Gen.ULong
        select Random(count, width, scale, seed);

    [Fact]
    public void A_product_is_off_by_no_more_than_the_rounding_of_each_number_can_add_up_to() =>
        AnyMatrix.Sample(matrix =>
        {
            QuantizedRows rows = new(matrix);
            float[] vector = [.. Random(1, matrix.Width, 1, 7).Values];
            float[] rounded = new float[matrix.Count];
            rows.Multiply(vector, rounded);
            for (int row = 0; row < matrix.Count; row++)
            {
                float exact = TensorPrimitives.Dot(matrix[row], vector);
                float step = Math.Abs(TensorPrimitives.MaxMagnitude(matrix[row])) / 127;
                float most = (step / 2 * TensorPrimitives.SumOfMagnitudes<float>(vector)) + (step * 127 * matrix.Width * 1e-4f);
                Assert.InRange(rounded[row], exact - most, exact + most);
            }
        });

    [Fact]
    public void The_inner_product_of_rows_is_that_of_their_rounded_numbers() =>
        AnyMatrix.Where(matrix => matrix.Count > 1).Sample(matrix =>
        {
            QuantizedRows rows = new(matrix);
            float exact = TensorPrimitives.Dot(matrix[0], matrix[1]);
            float most = (TensorPrimitives.Norm(matrix[0]) * TensorPrimitives.Norm(matrix[1]) * MathF.Sqrt(matrix.Width) / 100) + 1e-12f;
            Assert.InRange(rows.Dot(0, 1), exact - most, exact + most);
            Assert.Equal(rows.Dot(0, 1), rows.Dot(1, 0));
        });

    [Fact]
    public void Zero_rows_and_zero_vectors_give_zero()
    {
        QuantizedRows rows = new(new FactorMatrix(2, 3, [0, 0, 0, 1, -2, 3]));
        float[] results = new float[2];

        rows.Multiply([1, 1, 1], results);
        Assert.Equal(0, results[0]);
        Assert.Equal(2, results[1], 0.05f);

        rows.Multiply([0, 0, 0], results);
        Assert.Equal([0, 0], results);
    }

    [Fact]
    public void Rows_take_a_quarter_of_the_memory_and_their_scales()
    {
        QuantizedRows rows = new(Random(1_000, 64, 1, 1));

        Assert.Equal(1_000 * (64 + 4), rows.Bytes);
    }

    [Fact]
    public void Every_kernel_gives_the_same_whole_numbers() =>
        Gen.Select(Gen.Int[0, 20], Gen.Int[1, 4], Gen.ULong).Sample((count, blocks, seed) =>
        {
            SeededRandom random = new(seed);
            sbyte[] rows = [.. Enumerable.Range(0, count * blocks * ByteProducts.Block).Select(_ => (sbyte)(random.NextInt(255) - 127))];
            short[] vector = [.. Enumerable.Range(0, blocks * ByteProducts.Block).Select(_ => (short)(random.NextInt(65_535) - 32_767))];
            int[] plain = new int[count];
            ByteProducts.MultiplyPlain(rows, vector, plain);
            Assert.Equal(plain, Sums(ByteProducts.Multiply, rows, vector, count));
            if (Avx2.IsSupported)
            {
                Assert.Equal(plain, Sums(ByteProducts.Multiply256, rows, vector, count));
            }

            if (Avx512BW.IsSupported)
            {
                Assert.Equal(plain, Sums(ByteProducts.Multiply512, rows, vector, count));
            }

            if (count > 1)
            {
                ReadOnlySpan<sbyte> first = rows.AsSpan(0, vector.Length), second = rows.AsSpan(vector.Length, vector.Length);
                Assert.Equal(ByteProducts.DotPlain(first, second), ByteProducts.Dot(first, second));
            }
        });

    [Fact]
    public void The_widest_rows_do_not_overflow()
    {
        const int Width = 2_048;
        float[] ones = [.. Enumerable.Repeat(1f, Width)];
        QuantizedRows rows = new(new FactorMatrix(1, Width, ones));
        float[] result = new float[1];

        rows.Multiply(ones, result);

        Assert.Equal(Width, result[0], Width * 1e-3f);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused() =>
        Assert.Throws<ArgumentException>(() => new QuantizedRows(Random(2, 3, 1, 1)).Multiply(new float[4], new float[2]));

    private delegate void Kernel(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> vector, Span<int> sums);

    private static int[] Sums(Kernel kernel, sbyte[] rows, short[] vector, int count)
    {
        int[] sums = new int[count];
        kernel(rows, vector, sums);
        return sums;
    }

    private static FactorMatrix Random(int count, int width, float scale, ulong seed)
    {
        SeededRandom random = new(seed);
        return new FactorMatrix(count, width, [.. Enumerable.Range(0, count * width).Select(_ => scale * (float)random.NextNormal())]);
    }
}
