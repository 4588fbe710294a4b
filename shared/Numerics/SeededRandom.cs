using System.Numerics;

namespace Aisle.Numerics;

/// <summary>The only source of chance: a xoshiro256** generator whose whole sequence follows from its seed, on every machine.</summary>
/// <remarks>Blackman and Vigna (2021), "Scrambled linear pseudorandom number generators"; seeded by SplitMix64 (Steele, Lea and Flood
/// 2014). Not safe for secrets, not safe for use by several threads: derive a stream for each.</remarks>
public sealed class SeededRandom
{
    private ulong _s0, _s1, _s2, _s3;

    /// <summary>Starts the sequence of this seed.</summary>
    public SeededRandom(ulong seed)
    {
        _s0 = Next(ref seed);
        _s1 = Next(ref seed);
        _s2 = Next(ref seed);
        _s3 = Next(ref seed);
    }

    /// <summary>A stream of its own for one user, item or run, so that the order of work does not matter.</summary>
    /// <param name="seed">The common seed.</param>
    /// <param name="stream">Which stream; two streams of one seed are unrelated.</param>
    public static SeededRandom Derive(ulong seed, ulong stream)
    {
        ulong mixed = stream + 0x9E3779B97F4A7C15UL;
        return new SeededRandom(seed ^ Next(ref mixed));
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, <paramref name="exclusiveMax"/>), each equally likely.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is not positive.</exception>
    /// <remarks>Lemire (2019), with rejection, so there is no bias.</remarks>
    public int NextInt(int exclusiveMax)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(exclusiveMax);
        ulong range = (ulong)exclusiveMax;
        ulong threshold = (0UL - range) % range;
        while (true)
        {
            ulong high = Math.BigMul(NextUInt64(), range, out ulong low);
            if (low >= threshold)
            {
                return (int)high;
            }
        }
    }

    /// <summary>A draw from the normal distribution with mean 0 and standard deviation 1.</summary>
    /// <remarks>Box and Muller (1958); the second value of each pair is thrown away, so that a stream has no hidden state.</remarks>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    private static ulong Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15UL;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }
}
