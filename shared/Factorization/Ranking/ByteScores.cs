using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>Whole-number scores of six users × 32 items from bytes: the inner products of rounded factors, exactly.</summary>
/// <remarks>Items are stored plus 128, because the instruction multiplies unsigned by signed bytes; its 16-bit sums start at what that
/// adds, with the sign turned, so that they end at the true sums (modulo 2¹⁶, which <see cref="QuantizedUsers"/> sees to it suffices). A
/// chunk of 32 factors is summed in 16 bits, chunks in 32. One kernel for AVX-512, one for AVX2, and the plain twin.</remarks>
internal static unsafe class ByteScores
{
    /// <summary>Users of a group.</summary>
    public const int Users = 6;

    /// <summary>Items of a tile.</summary>
    public const int Items = 32;

    /// <summary>Groups of four factors that are summed in 16 bits.</summary>
    public const int Chunk = 8;

    /// <summary>The bytes of the same four factors of all items of a tile.</summary>
    private const int Step = Items * 4;

    /// <summary>A kernel: scores six users against tile after tile until some score exceeds its user's bar.</summary>
    /// <param name="tile">The first tile: for each four factors, 32 items of 4 bytes. The next ones follow.</param>
    /// <param name="tiles">How many tiles there are.</param>
    /// <param name="users">Six rows of four-factor numbers, followed by the start of each chunk's sums.</param>
    /// <param name="bars">Six bars.</param>
    /// <param name="fours">How many groups of four factors there are.</param>
    /// <param name="scores">Takes that tile's 32 scores of each user.</param>
    /// <param name="reaching">Takes a bit for each item of that tile, of each user.</param>
    /// <returns>How many tiles come before the one that was found; <paramref name="tiles"/> when there is none.</returns>
    internal delegate int Kernel(byte* tile, int tiles, int** users, int* bars, int fours, int* scores, uint* reaching);

    /// <summary>Whether the processor has fast instructions for this; otherwise everything is scored in float32.</summary>
    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>The fastest kernel that the processor has.</summary>
    public static Kernel Fastest => Avx512BW.IsSupported ? Find512 : Avx2.IsSupported ? Find256 : Plain;

    /// <summary>The plain twin.</summary>
    public static int Plain(byte* tile, int tiles, int** users, int* bars, int fours, int* scores, uint* reaching)
    {
        uint any = 0;
        int found = 0;
        for (; found < tiles && any == 0; found++)
        {
            for (int user = 0; user < Users; user++)
            {
                reaching[user] = 0;
                for (int item = 0; item < Items; item++)
                {
                    int sum = Product(tile + (item * 4), (sbyte*)users[user], fours);
                    scores[(user * Items) + item] = sum;
                    reaching[user] |= (sum > bars[user] ? 1u : 0) << item;
                }

                any |= reaching[user];
            }

            tile += Step * fours;
        }

        return any == 0 ? tiles : found - 1;
    }

    /// <summary>AVX-512: 12 sums of 16 items in 16 bits and 12 in 32 bits fill the registers.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int Find512(byte* tile, int tiles, int** users, int* bars, int fours, int* scores, uint* reaching)
    {
        int* a = users[0], b = users[1], c = users[2], d = users[3], e = users[4], f = users[5];
        Vector512<short> ones = Vector512.Create((short)1);
        for (int found = 0; found < tiles; found++)
        {
            Vector512<int> sa0 = default, sa1 = default, sb0 = default, sb1 = default, sc0 = default, sc1 = default;
            Vector512<int> sd0 = default, sd1 = default, se0 = default, se1 = default, sf0 = default, sf1 = default;
            for (nint four = 0, chunk = fours; four < fours; chunk++)
            {
                Vector512<short> a0 = Vector512.Create(a[chunk]).AsInt16(), b0 = Vector512.Create(b[chunk]).AsInt16(), c0 = Vector512.Create(c[chunk]).AsInt16();
                Vector512<short> d0 = Vector512.Create(d[chunk]).AsInt16(), e0 = Vector512.Create(e[chunk]).AsInt16(), f0 = Vector512.Create(f[chunk]).AsInt16();
                Vector512<short> a1 = a0, b1 = b0, c1 = c0, d1 = d0, e1 = e0, f1 = f0;
                for (nint end = Math.Min(four + Chunk, fours); four < end; four++)
                {
                    Vector512<byte> near = Vector512.Load(tile);
                    Vector512<byte> far = Vector512.Load(tile + 64);
                    tile += Step;
                    Vector512<sbyte> factors = Vector512.Create(a[four]).AsSByte();
                    a0 += Avx512BW.MultiplyAddAdjacent(near, factors);
                    a1 += Avx512BW.MultiplyAddAdjacent(far, factors);
                    factors = Vector512.Create(b[four]).AsSByte();
                    b0 += Avx512BW.MultiplyAddAdjacent(near, factors);
                    b1 += Avx512BW.MultiplyAddAdjacent(far, factors);
                    factors = Vector512.Create(c[four]).AsSByte();
                    c0 += Avx512BW.MultiplyAddAdjacent(near, factors);
                    c1 += Avx512BW.MultiplyAddAdjacent(far, factors);
                    factors = Vector512.Create(d[four]).AsSByte();
                    d0 += Avx512BW.MultiplyAddAdjacent(near, factors);
                    d1 += Avx512BW.MultiplyAddAdjacent(far, factors);
                    factors = Vector512.Create(e[four]).AsSByte();
                    e0 += Avx512BW.MultiplyAddAdjacent(near, factors);
                    e1 += Avx512BW.MultiplyAddAdjacent(far, factors);
                    factors = Vector512.Create(f[four]).AsSByte();
                    f0 += Avx512BW.MultiplyAddAdjacent(near, factors);
                    f1 += Avx512BW.MultiplyAddAdjacent(far, factors);
                }

                sa0 += Avx512BW.MultiplyAddAdjacent(a0, ones);
                sa1 += Avx512BW.MultiplyAddAdjacent(a1, ones);
                sb0 += Avx512BW.MultiplyAddAdjacent(b0, ones);
                sb1 += Avx512BW.MultiplyAddAdjacent(b1, ones);
                sc0 += Avx512BW.MultiplyAddAdjacent(c0, ones);
                sc1 += Avx512BW.MultiplyAddAdjacent(c1, ones);
                sd0 += Avx512BW.MultiplyAddAdjacent(d0, ones);
                sd1 += Avx512BW.MultiplyAddAdjacent(d1, ones);
                se0 += Avx512BW.MultiplyAddAdjacent(e0, ones);
                se1 += Avx512BW.MultiplyAddAdjacent(e1, ones);
                sf0 += Avx512BW.MultiplyAddAdjacent(f0, ones);
                sf1 += Avx512BW.MultiplyAddAdjacent(f1, ones);
            }

            reaching[0] = Reaching(bars[0], sa0, sa1);
            reaching[1] = Reaching(bars[1], sb0, sb1);
            reaching[2] = Reaching(bars[2], sc0, sc1);
            reaching[3] = Reaching(bars[3], sd0, sd1);
            reaching[4] = Reaching(bars[4], se0, se1);
            reaching[5] = Reaching(bars[5], sf0, sf1);
            if ((reaching[0] | reaching[1] | reaching[2] | reaching[3] | reaching[4] | reaching[5]) != 0)
            {
                Store(scores, sa0, sa1, sb0, sb1, sc0, sc1);
                Store(scores + (3 * Items), sd0, sd1, se0, se1, sf0, sf1);
                return found;
            }
        }

        return tiles;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(int* scores, Vector512<int> a0, Vector512<int> a1, Vector512<int> b0, Vector512<int> b1, Vector512<int> c0, Vector512<int> c1)
    {
        a0.Store(scores);
        a1.Store(scores + 16);
        b0.Store(scores + 32);
        b1.Store(scores + 48);
        c0.Store(scores + 64);
        c1.Store(scores + 80);
    }

    /// <summary>AVX2.</summary>
    public static int Find256(byte* tile, int tiles, int** users, int* bars, int fours, int* scores, uint* reaching)
    {
        int found = 0;
        while (found < tiles && !Compare256(tile, users, bars, fours, scores, reaching))
        {
            found++;
            tile += Step * fours;
        }

        return found;
    }

    /// <summary>One tile: two users × 16 items at a time fit sixteen registers.</summary>
    [Kernel, MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static bool Compare256(byte* tile, int** users, int* bars, int fours, int* scores, uint* reaching)
    {
        uint any = 0;
        Vector256<short> ones = Vector256.Create((short)1);
        for (int pair = 0; pair < Users; pair += 2)
        {
            int* a = users[pair], b = users[pair + 1];
            reaching[pair] = reaching[pair + 1] = 0;
            for (int first = 0; first < Items; first += 16)
            {
                byte* bytes = tile + (4 * first);
                Vector256<int> sa0 = default, sa1 = default, sb0 = default, sb1 = default;
                for (nint four = 0, chunk = fours; four < fours; chunk++)
                {
                    Vector256<short> a0 = Vector256.Create(a[chunk]).AsInt16(), a1 = a0, b0 = Vector256.Create(b[chunk]).AsInt16(), b1 = b0;
                    for (nint end = Math.Min(four + Chunk, fours); four < end; four++)
                    {
                        Vector256<byte> near = Vector256.Load(bytes);
                        Vector256<byte> far = Vector256.Load(bytes + 32);
                        bytes += Step;
                        Vector256<sbyte> factors = Vector256.Create(a[four]).AsSByte();
                        a0 += Avx2.MultiplyAddAdjacent(near, factors);
                        a1 += Avx2.MultiplyAddAdjacent(far, factors);
                        factors = Vector256.Create(b[four]).AsSByte();
                        b0 += Avx2.MultiplyAddAdjacent(near, factors);
                        b1 += Avx2.MultiplyAddAdjacent(far, factors);
                    }

                    sa0 += Avx2.MultiplyAddAdjacent(a0, ones);
                    sa1 += Avx2.MultiplyAddAdjacent(a1, ones);
                    sb0 += Avx2.MultiplyAddAdjacent(b0, ones);
                    sb1 += Avx2.MultiplyAddAdjacent(b1, ones);
                }

                any |= reaching[pair] |= Reaching(scores + (pair * Items) + first, bars[pair], sa0, sa1) << first;
                any |= reaching[pair + 1] |= Reaching(scores + ((pair + 1) * Items) + first, bars[pair + 1], sb0, sb1) << first;
            }
        }

        return any != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Reaching(int bar, Vector512<int> near, Vector512<int> far)
    {
        Vector512<int> bars = Vector512.Create(bar);
        return (uint)(Vector512.GreaterThan(near, bars).ExtractMostSignificantBits() | (Vector512.GreaterThan(far, bars).ExtractMostSignificantBits() << 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Reaching(int* scores, int bar, Vector256<int> near, Vector256<int> far)
    {
        Vector256<int> bars = Vector256.Create(bar);
        near.Store(scores);
        far.Store(scores + 8);
        return Vector256.GreaterThan(near, bars).ExtractMostSignificantBits() | (Vector256.GreaterThan(far, bars).ExtractMostSignificantBits() << 8);
    }

    private static int Product(byte* item, sbyte* factors, int fours)
    {
        int sum = 0;
        for (int factor = 0; factor < 4 * fours; factor++)
        {
            sum += (item[(factor / 4 * Step) + (factor % 4)] - 128) * factors[factor];
        }

        return sum;
    }
}
