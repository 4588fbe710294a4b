using Aisle.Numerics;

namespace Aisle.Local.DemoShop.Chance;

/// <summary>Derives chance from the seed by purpose and number, so that anything can be made again without what came before it.</summary>
internal static class Streams
{
    /// <summary>A generator for one thing.</summary>
    public static SeededRandom Of(ulong seed, StreamPurpose purpose, long first, long second = 0) =>
        new(Hash(seed, purpose, first, second));

    /// <summary>A single number in [0, 1) for one thing, without a generator.</summary>
    public static double Uniform(ulong seed, StreamPurpose purpose, long first, long second = 0) =>
        (Hash(seed, purpose, first, second) >> 11) * (1.0 / (1UL << 53));

    private static ulong Hash(ulong seed, StreamPurpose purpose, long first, long second) =>
        Mix(Mix(Mix(seed + (ulong)purpose) ^ (ulong)first) ^ (ulong)second);

    // SplitMix64's finalizer (Steele, Lea and Flood 2014).
    private static ulong Mix(ulong z)
    {
        z += 0x9E3779B97F4A7C15UL;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
