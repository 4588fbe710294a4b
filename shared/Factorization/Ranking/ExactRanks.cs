using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Scores a short list exactly, in float32, and takes the best k of it.</summary>
/// <param name="items">The catalogue.</param>
/// <param name="k">How many are wanted.</param>
internal sealed unsafe class ExactRanks(QuantizedItems items, int k)
{
    /// <summary>How many rows ahead are called from memory.</summary>
    private const int PrefetchAhead = 16;

    /// <summary>Up to this many keys are ranked by counting.</summary>
    private const int CountingMost = 320;

    private readonly ScoredIndex[] _ranked = new ScoredIndex[k];
    private readonly long[] _signed = new long[CountingMost + 16];
    private ulong[] _keys = new ulong[1024];

    /// <summary>The best of a short list, best first; valid until the next use.</summary>
    /// <param name="user">The user's factors, padded with zeros.</param>
    /// <param name="list">What may be among them; used up.</param>
    public ReadOnlySpan<ScoredIndex> Of(float* user, ShortList list)
    {
        Score(user, list.Positions, list.Floors);
        list.Settle();
        if (_keys.Length < list.Count + 16)
        {
            Array.Resize(ref _keys, 2 * list.Count);
        }

        Span<ulong> keys = _keys.AsSpan(0, list.Count);
        for (int index = 0; index < keys.Length; index++)
        {
            keys[index] = ScoreKey.Of(items.Order.Order[list.Positions[index]], list.Floors[index]);
        }

        int count = Math.Min(k, keys.Length);
        if (keys.Length <= CountingMost)
        {
            Count(keys);
        }
        else
        {
            Selection.Smallest(keys, count);
            keys[..count].Sort();
            Read(keys[..count]);
        }

        return _ranked.AsSpan(0, count);
    }

    private void Read(ReadOnlySpan<ulong> sorted)
    {
        for (int rank = 0; rank < sorted.Length; rank++)
        {
            _ranked[rank] = ScoreKey.Read(sorted[rank]);
        }
    }

    /// <summary>Puts each key where it belongs: at the number of keys that come before it. No two are equal. Without branches to guess,
    /// faster than sorting up to some hundreds.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ReadOnlySpan<ulong> keys)
    {
        Span<long> ranks = stackalloc long[16];
        ref long first = ref _signed[0];
        for (int index = 0; index < keys.Length; index++)
        {
            _signed[index] = (long)(keys[index] ^ (1UL << 63));
        }

        for (int start = 0; start < keys.Length; start += 16)
        {
            Vector512<long> near = Vector512.LoadUnsafe(ref first, (nuint)start), far = Vector512.LoadUnsafe(ref first, (nuint)start + 8);
            Vector512<long> nearRanks = default, farRanks = default;
            for (int other = 0; other < keys.Length; other++)
            {
                Vector512<long> key = Vector512.Create(Unsafe.Add(ref first, other));
                nearRanks -= Vector512.LessThan(key, near);
                farRanks -= Vector512.LessThan(key, far);
            }

            nearRanks.CopyTo(ranks);
            farRanks.CopyTo(ranks[8..]);
            for (int lane = 0; lane < Math.Min(16, keys.Length - start); lane++)
            {
                if (ranks[lane] < k)
                {
                    _ranked[ranks[lane]] = ScoreKey.Read(keys[start + lane]);
                }
            }
        }
    }

    /// <summary>The first items in the catalogue that a user may be shown, all with score 0: the ranking of a
    /// user about whom nothing is known.</summary>
    public ReadOnlySpan<ScoredIndex> First(SeenItems seen, int member)
    {
        int count = 0;
        for (int item = 0; item < items.Order.Count && count < k; item++)
        {
            if (!seen.Has(member, items.Order.Positions[item]))
            {
                _ranked[count++] = new ScoredIndex(item, 0);
            }
        }

        return _ranked.AsSpan(0, count);
    }

    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void Score(float* user, ReadOnlySpan<int> positions, Span<float> scores)
    {
        int stride = items.Stride;
        float* rows = items.RowAt(0);
        for (int index = 0; index < positions.Length; index++)
        {
            Prefetch(rows, positions, index + PrefetchAhead);
            float* item = rows + ((long)positions[index] * stride);
            Vector256<float> even = default, odd = default;
            for (int lane = 0; lane < stride; lane += 16)
            {
                even = Vector256.MultiplyAddEstimate(Vector256.Load(user + lane), Vector256.Load(item + lane), even);
                odd = Vector256.MultiplyAddEstimate(Vector256.Load(user + lane + 8), Vector256.Load(item + lane + 8), odd);
            }

            scores[index] = Vector256.Sum(even + odd);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Prefetch(float* rows, ReadOnlySpan<int> positions, int index)
    {
        if (Sse.IsSupported && index < positions.Length)
        {
            byte* row = (byte*)(rows + ((long)positions[index] * items.Stride));
            for (int line = 0; line < items.Stride * sizeof(float); line += 64)
            {
                Sse.Prefetch0(row + line);
            }
        }
    }
}
