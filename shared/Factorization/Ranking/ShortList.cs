using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Items that may be among a user's best k, each with bounds of its exact score; cut back from time to time.</summary>
/// <param name="k">How many are wanted.</param>
internal sealed unsafe class ShortList(int k)
{
    /// <summary>How many more may be noted before a cut pays.</summary>
    private readonly int _room = Math.Max(256, k);

    private float[] _floors = Pinned<float>(4 * Math.Max(256, k));
    private float[] _ceilings = Pinned<float>(4 * Math.Max(256, k));
    private int[] _positions = Pinned<int>(4 * Math.Max(256, k));
    private int _limit;

    /// <summary>How many are noted.</summary>
    public int Count { get; private set; }

    /// <summary>What at least k of the exact scores are known to reach; minus infinity until k were found.</summary>
    public float Threshold { get; private set; }

    /// <summary>Whether it is time to cut.</summary>
    public bool IsFull => Count >= _limit;

    /// <summary>Where the noted items stand in the catalogue's order.</summary>
    public ReadOnlySpan<int> Positions => _positions.AsSpan(0, Count);

    /// <summary>What each noted item's exact score is known to reach.</summary>
    public Span<float> Floors => _floors.AsSpan(0, Count);

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Count = 0;
        Threshold = float.NegativeInfinity;
        _limit = k + _room;
    }

    /// <summary>Notes the items of one tile.</summary>
    /// <param name="mask">A bit for each of the tile's items that is noted.</param>
    /// <param name="scores">The tile's whole-number scores.</param>
    /// <param name="step">What a step means.</param>
    /// <param name="error">By how much a score may differ from the exact one.</param>
    /// <param name="first">The position of the tile's first item.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(uint mask, int* scores, float step, float error, int first)
    {
        int count = Count;
        float* floor = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_floors)) + count;
        float* ceiling = (float*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_ceilings)) + count;
        int* position = (int*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_positions)) + count;
        Count = count + BitOperations.PopCount(mask);
        for (; mask != 0; mask &= mask - 1)
        {
            int index = BitOperations.TrailingZeroCount(mask);
            float score = scores[index] * step;
            *floor++ = score - error;
            *ceiling++ = score + error;
            *position++ = first + index;
        }
    }

    /// <summary>Drops what cannot be among the best k.</summary>
    public void Cut()
    {
        if (Count > k)
        {
            Threshold = Math.Max(Threshold, FloorOfBest());
            Keep(Threshold);
        }

        _limit = Count + _room;
        if (_limit + ByteScores.Items > _positions.Length)
        {
            Grow();
        }
    }

    /// <summary>Drops what cannot be among the best k, once <see cref="Floors"/> holds the exact scores.</summary>
    public void Settle()
    {
        Floors.CopyTo(_ceilings);
        Threshold = float.NegativeInfinity;
        Cut();
    }

    /// <summary>A number that at least k floors reach, and few more: by halving the interval between the least and the largest.</summary>
    private float FloorOfBest()
    {
        (float low, float high) = Range();
        int enough = k + (k / 16);
        for (int round = 0; round < 40; round++)
        {
            float middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
            {
                break;
            }

            int reaching = CountOf(middle);
            if (reaching >= k)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }

            if (reaching >= k && reaching <= enough)
            {
                break;
            }
        }

        return low;
    }

    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (float Low, float High) Range()
    {
        Vector256<float> low = Vector256.Create(float.PositiveInfinity), high = Vector256.Create(float.NegativeInfinity);
        int index = 0;
        for (; index + 8 <= Count; index += 8)
        {
            Vector256<float> floors = Vector256.LoadUnsafe(ref _floors[index]);
            low = Vector256.Min(low, floors);
            high = Vector256.Max(high, floors);
        }

        float least = float.PositiveInfinity, largest = float.NegativeInfinity;
        for (int lane = 0; lane < 8; lane++)
        {
            least = Math.Min(least, low[lane]);
            largest = Math.Max(largest, high[lane]);
        }

        for (; index < Count; index++)
        {
            least = Math.Min(least, _floors[index]);
            largest = Math.Max(largest, _floors[index]);
        }

        return (least, largest);
    }

    /// <summary>How many floors reach a number.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int CountOf(float bar)
    {
        ref float floors = ref _floors[0];
        int count = Count;
        Vector256<float> bars = Vector256.Create(bar);
        Vector256<int> even = default, odd = default;
        int index = 0;
        for (; index + 16 <= count; index += 16)
        {
            even -= Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref floors, (nuint)index), bars).AsInt32();
            odd -= Vector256.GreaterThanOrEqual(Vector256.LoadUnsafe(ref floors, (nuint)index + 8), bars).AsInt32();
        }

        int reaching = Vector256.Sum(even + odd);
        for (; index < count; index++)
        {
            reaching += _floors[index] >= bar ? 1 : 0;
        }

        return reaching;
    }

    /// <summary>Closes up what may still reach a number.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Keep(float bar)
    {
        Span<float> floors = _floors, ceilings = _ceilings;
        Span<int> positions = _positions;
        int kept = 0;
        for (int index = 0; index < Count; index++)
        {
            float ceiling = ceilings[index];
            ceilings[kept] = ceiling;
            floors[kept] = floors[index];
            positions[kept] = positions[index];
            kept += ceiling >= bar ? 1 : 0;
        }

        Count = kept;
    }

    private void Grow()
    {
        int length = 2 * _positions.Length;
        _floors = Larger(_floors, length);
        _ceilings = Larger(_ceilings, length);
        _positions = Larger(_positions, length);
    }

    private static T[] Larger<T>(T[] array, int length)
    {
        T[] larger = Pinned<T>(length);
        array.CopyTo(larger, 0);
        return larger;
    }

    private static T[] Pinned<T>(int length) => GC.AllocateUninitializedArray<T>(length, pinned: true);
}
