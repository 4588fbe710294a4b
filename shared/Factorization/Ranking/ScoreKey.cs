using System.Runtime.CompilerServices;
using Aisle.Numerics;

namespace Aisle.Factorization.Ranking;

/// <summary>One number that ascends as scores descend and, among equals, indexes ascend: sorting such numbers ranks.</summary>
internal static class ScoreKey
{
    /// <summary>The number of a score that is not NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Of(int index, float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        uint ascending = bits ^ ((uint)((int)bits >> 31) | 0x8000_0000);
        return ((ulong)~ascending << 32) | (uint)index;
    }

    /// <summary>What <see cref="Of"/> was given.</summary>
    public static ScoredIndex Read(ulong key) => new((int)(uint)key, Score(key));

    /// <summary>The score of a number.</summary>
    public static float Score(ulong key)
    {
        uint ascending = ~(uint)(key >> 32);
        uint bits = ascending ^ (((ascending >> 31) - 1) | 0x8000_0000);
        return BitConverter.UInt32BitsToSingle(bits);
    }
}
