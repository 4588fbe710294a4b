using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Aisle.Numerics;

namespace Aisle.Factorization.Scoring;

/// <summary>Inner products of rows of bytes, in whole numbers: one kernel for AVX-512, one for AVX2, and the plain twin.</summary>
internal static class ByteProducts
{
    /// <summary>Rows are filled up with zeros to a multiple of this.</summary>
    public const int Block = 32;

    /// <summary>Multiplies each row by a vector with the fastest kernel.</summary>
    /// <param name="rows">Row after row, each as long as the vector.</param>
    /// <param name="vector">A multiple of <see cref="Block"/> long.</param>
    /// <param name="sums">One for each row.</param>
    public static void Multiply(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> vector, Span<int> sums)
    {
        if (Avx512BW.IsSupported)
        {
            Multiply512(rows, vector, sums);
        }
        else if (Avx2.IsSupported)
        {
            Multiply256(rows, vector, sums);
        }
        else
        {
            MultiplyPlain(rows, vector, sums);
        }
    }

    /// <summary>The inner product of two rows of the same length, a multiple of <see cref="Block"/>, with the fastest kernel.</summary>
    public static int Dot(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second) => Avx2.IsSupported ? Dot256(first, second) : DotPlain(first, second);

    /// <summary>The plain twin.</summary>
    public static void MultiplyPlain(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> vector, Span<int> sums)
    {
        for (int row = 0; row < sums.Length; row++)
        {
            int sum = 0;
            for (int index = 0; index < vector.Length; index++)
            {
                sum += rows[(row * vector.Length) + index] * vector[index];
            }

            sums[row] = sum;
        }
    }

    /// <summary>AVX-512: 32 bytes a step.</summary>
    [Kernel]
    public static void Multiply512(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> vector, Span<int> sums)
    {
        ref sbyte row = ref MemoryMarshal.GetReference(rows);
        ref short factor = ref MemoryMarshal.GetReference(vector);
        nuint width = (nuint)vector.Length, at = 0;
        for (int index = 0; index < sums.Length; index++)
        {
            Vector512<int> sum = default;
            for (nuint step = 0; step < width; step += 32, at += 32)
            {
                Vector512<short> wide = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref row, at));
                sum += Avx512BW.MultiplyAddAdjacent(wide, Vector512.LoadUnsafe(ref factor, step));
            }

            sums[index] = Vector512.Sum(sum);
        }
    }

    /// <summary>AVX2: 16 bytes a step.</summary>
    [Kernel]
    public static void Multiply256(ReadOnlySpan<sbyte> rows, ReadOnlySpan<short> vector, Span<int> sums)
    {
        ref sbyte row = ref MemoryMarshal.GetReference(rows);
        ref short factor = ref MemoryMarshal.GetReference(vector);
        nuint width = (nuint)vector.Length, at = 0;
        for (int index = 0; index < sums.Length; index++)
        {
            Vector256<int> sum = default;
            for (nuint step = 0; step < width; step += 16, at += 16)
            {
                Vector256<short> wide = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref row, at));
                sum += Avx2.MultiplyAddAdjacent(wide, Vector256.LoadUnsafe(ref factor, step));
            }

            sums[index] = Vector256.Sum(sum);
        }
    }

    /// <summary>The plain twin.</summary>
    public static int DotPlain(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second)
    {
        int sum = 0;
        for (int index = 0; index < first.Length; index++)
        {
            sum += first[index] * second[index];
        }

        return sum;
    }

    /// <summary>AVX2: 16 bytes a step.</summary>
    [Kernel]
    public static int Dot256(ReadOnlySpan<sbyte> first, ReadOnlySpan<sbyte> second)
    {
        ref sbyte a = ref MemoryMarshal.GetReference(first);
        ref sbyte b = ref MemoryMarshal.GetReference(second);
        Vector256<int> sum = default;
        for (nuint step = 0; step < (nuint)first.Length; step += 16)
        {
            sum += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref a, step)), Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref b, step)));
        }

        return Vector256.Sum(sum);
    }
}
