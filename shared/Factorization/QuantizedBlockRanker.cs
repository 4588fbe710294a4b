using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Aisle.Feedback;
using Aisle.Numerics;

namespace Aisle.Factorization;

/// <summary>Finds by 8-bit products which items may reach a user's threshold, and scores only those exactly: the ranking is that of the exact scores.</summary>
/// <remarks>VPDPBUSD takes 32 products at once. Its plain twin is <see cref="BlockRanker{TLanes}"/>, which scores everything exactly.</remarks>
internal sealed unsafe class QuantizedBlockRanker : IBlockRanker
{
    private const int Slab = PackedItems.Slab;
    private const int Group = 4;

    private readonly QuantizedItems _items;
    private readonly QuantizedUsers _users;
    private readonly BestOfScan[] _best;
    private readonly uint[] _reaching = new uint[Slab];

    /// <summary>Reserves scratch memory.</summary>
    /// <param name="items">The catalogue.</param>
    /// <param name="k">How many items each user gets.</param>
    public QuantizedBlockRanker(QuantizedItems items, int k)
    {
        _items = items;
        _users = new QuantizedUsers(items);
        _best = [.. Enumerable.Range(0, Slab).Select(_ => new BestOfScan(k))];
    }

    /// <summary>Whether the processor has the instruction.</summary>
    public static bool IsSupported => AvxVnni.IsSupported;

    /// <inheritdoc/>
    public void Dispose() => _users.Dispose();

    /// <inheritdoc/>
    public void Rank(FactorMatrix users, InteractionMatrix? excluded, int firstUser, FactorRanking.Sink sink)
    {
        int count = Math.Min(Slab, users.Count - firstUser);
        _users.Clear();
        for (int user = 0; user < count; user++)
        {
            _best[user].Clear();
            _users.Load(user, users[firstUser + user]);
        }

        for (int slab = 0; slab < _items.Packed.Slabs && _users.RaiseBars(slab); slab++)
        {
            Compare(slab);
            for (int user = 0; user < count; user++)
            {
                if (_reaching[user] != 0)
                {
                    Collect(excluded, firstUser + user, user, slab, _reaching[user]);
                }
            }
        }

        for (int user = 0; user < count; user++)
        {
            sink(firstUser + user, _best[user].Ranked());
        }
    }

    /// <summary>Sets for each user the bits of the slab's items whose whole-number score exceeds the user's bar; 4 users × 16 items at a time.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Compare(int slab)
    {
        int fours = _items.Fours;
        int[] bars = _users.Bars;
        for (int user = 0; user < Slab; user += Group)
        {
            _reaching.AsSpan(user, Group).Clear();
            if ((bars[user] & bars[user + 1] & bars[user + 2] & bars[user + 3]) == int.MaxValue)
            {
                continue;
            }

            for (int shift = 0; shift < Slab; shift += 16)
            {
                int* first = _users.FoursOf(user);
                byte* bytes = _items.SlabAt(slab) + (4 * shift);
                Vector256<int> a0 = default, a1 = default, b0 = default, b1 = default, c0 = default, c1 = default, d0 = default, d1 = default;
                for (int four = 0; four < fours; four++)
                {
                    Vector256<byte> near = Vector256.Load(bytes);
                    Vector256<byte> far = Vector256.Load(bytes + 32);
                    Vector256<sbyte> factors = Vector256.Create(first[four]).AsSByte();
                    a0 = AvxVnni.MultiplyWideningAndAdd(a0, near, factors);
                    a1 = AvxVnni.MultiplyWideningAndAdd(a1, far, factors);
                    factors = Vector256.Create(first[four + fours]).AsSByte();
                    b0 = AvxVnni.MultiplyWideningAndAdd(b0, near, factors);
                    b1 = AvxVnni.MultiplyWideningAndAdd(b1, far, factors);
                    factors = Vector256.Create(first[four + (2 * fours)]).AsSByte();
                    c0 = AvxVnni.MultiplyWideningAndAdd(c0, near, factors);
                    c1 = AvxVnni.MultiplyWideningAndAdd(c1, far, factors);
                    factors = Vector256.Create(first[four + (3 * fours)]).AsSByte();
                    d0 = AvxVnni.MultiplyWideningAndAdd(d0, near, factors);
                    d1 = AvxVnni.MultiplyWideningAndAdd(d1, far, factors);
                    bytes += Slab * 4;
                }

                _reaching[user] |= Above(a0, a1, bars[user]) << shift;
                _reaching[user + 1] |= Above(b0, b1, bars[user + 1]) << shift;
                _reaching[user + 2] |= Above(c0, c1, bars[user + 2]) << shift;
                _reaching[user + 3] |= Above(d0, d1, bars[user + 3]) << shift;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Above(Vector256<int> near, Vector256<int> far, int bar)
    {
        Vector256<int> bars = Vector256.Create(bar);
        return Vector256.GreaterThan(near, bars).ExtractMostSignificantBits() | (Vector256.GreaterThan(far, bars).ExtractMostSignificantBits() << 8);
    }

    private void Collect(InteractionMatrix? excluded, int user, int member, int slab, uint reaching)
    {
        BestOfScan best = _best[member];
        for (; reaching != 0; reaching &= reaching - 1)
        {
            int position = (slab * Slab) + BitOperations.TrailingZeroCount(reaching);
            float score = position < _items.Packed.Count ? Score(member, position) : float.NegativeInfinity;
            if (score >= best.Threshold && position < _items.Packed.Count)
            {
                int item = _items.Packed.Order[position];
                if (excluded is null || excluded.ItemsOf(user).BinarySearch(item) < 0)
                {
                    best.Add(item, score);
                }
            }
        }

        _users.Thresholds[member] = best.Threshold;
    }

    /// <summary>The exact score, in float32.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private float Score(int member, int position)
    {
        float* item = _items.RowAt(position);
        float* user = _users.ExactOf(member);
        Vector256<float> even = default, odd = default;
        for (int lane = 0; lane < _items.Stride; lane += 16)
        {
            even = Vector256.MultiplyAddEstimate(Vector256.Load(user + lane), Vector256.Load(item + lane), even);
            odd = Vector256.MultiplyAddEstimate(Vector256.Load(user + lane + 8), Vector256.Load(item + lane + 8), odd);
        }

        return Vector256.Sum(even + odd);
    }
}
