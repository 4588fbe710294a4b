using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Aisle.Experiments;

/// <summary>BigQuery's FARM_FINGERPRINT: a 64-bit hash of a text's UTF-8 bytes that never changes between machines and versions.</summary>
/// <remarks>The "na" variant of FarmHash's 64-bit fingerprint (Pike 2014): four ways of mixing by length, all arithmetic
/// modulo 2^64, little-endian reads.</remarks>
public static class FarmFingerprint
{
    private const ulong K0 = 0xc3a5c85c97cb3127;
    private const ulong K1 = 0xb492b66fbe98f273;
    private const ulong K2 = 0x9ae16a3b2f90404f;
    private const int StackBytes = 512;

    /// <summary>The fingerprint of a text, as BigQuery returns it.</summary>
    public static long Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int length = Encoding.UTF8.GetByteCount(text);
        Span<byte> bytes = length <= StackBytes ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, bytes);
        return Of(bytes);
    }

    /// <summary>The fingerprint of bytes, as BigQuery returns it.</summary>
    public static long Of(ReadOnlySpan<byte> bytes) => unchecked((long)(bytes.Length switch
    {
        <= 16 => UpTo16(bytes),
        <= 32 => UpTo32(bytes),
        <= 64 => UpTo64(bytes),
        _ => Long(bytes),
    }));

    private static ulong UpTo16(ReadOnlySpan<byte> s)
    {
        ulong length = (ulong)s.Length;
        ulong mul = K2 + (length * 2);
        if (s.Length >= 8)
        {
            ulong a = Word(s, 0) + K2;
            ulong b = Word(s, s.Length - 8);
            return Fold((BitOperations.RotateRight(b, 37) * mul) + a, (BitOperations.RotateRight(a, 25) + b) * mul, mul);
        }

        if (s.Length >= 4)
        {
            return Fold(length + (Half(s, 0) << 3), Half(s, s.Length - 4), mul);
        }

        if (s.Length == 0)
        {
            return K2;
        }

        uint y = s[0] + ((uint)s[s.Length >> 1] << 8);
        uint z = (uint)s.Length + ((uint)s[^1] << 2);
        return ShiftMix((y * K2) ^ (z * K0)) * K2;
    }

    private static ulong UpTo32(ReadOnlySpan<byte> s)
    {
        ulong mul = K2 + ((ulong)s.Length * 2);
        ulong a = Word(s, 0) * K1;
        ulong b = Word(s, 8);
        ulong c = Word(s, s.Length - 8) * mul;
        ulong d = Word(s, s.Length - 16) * K2;
        return Fold(Blend(a, b, c, d), a + BitOperations.RotateRight(b + K2, 18) + c, mul);
    }

    private static ulong UpTo64(ReadOnlySpan<byte> s)
    {
        ulong mul = K2 + ((ulong)s.Length * 2);
        ulong a = Word(s, 0) * K2;
        ulong b = Word(s, 8);
        ulong c = Word(s, s.Length - 8) * mul;
        ulong d = Word(s, s.Length - 16) * K2;
        ulong y = Blend(a, b, c, d);
        ulong z = Fold(y, a + BitOperations.RotateRight(b + K2, 18) + c, mul);
        ulong e = Word(s, 16) * mul;
        ulong f = Word(s, 24);
        ulong g = (y + Word(s, s.Length - 32)) * mul;
        ulong h = (z + Word(s, s.Length - 24)) * mul;
        return Fold(Blend(e, f, g, h), e + BitOperations.RotateRight(f + a, 18) + g, mul);
    }

    // 64 bytes a round; the last round takes the last 64 bytes, which may overlap those of the one before.
    private static ulong Long(ReadOnlySpan<byte> s)
    {
        const ulong Seed = 81;
        ulong y = unchecked((Seed * K1) + 113);
        State state = new() { X = unchecked(Seed * K2) + Word(s, 0), Y = y, Z = ShiftMix((y * K2) + 113) * K2 };
        int end = (s.Length - 1) / 64 * 64;
        for (int at = 0; at < end; at += 64)
        {
            state.Round(s.Slice(at, 64), K1, 1);
        }

        ulong mul = K1 + ((state.Z & 0xff) << 1);
        state.W.First += (ulong)((s.Length - 1) & 63);
        state.V.First += state.W.First;
        state.W.First += state.V.First;
        state.Round(s[^64..], mul, 9);
        return Fold(
            Fold(state.V.First, state.W.First, mul) + (ShiftMix(state.Y) * K0) + state.Z,
            Fold(state.V.Second, state.W.Second, mul) + state.X,
            mul);
    }

    private static ulong Blend(ulong a, ulong b, ulong c, ulong d) =>
        BitOperations.RotateRight(a + b, 43) + BitOperations.RotateRight(c, 30) + d;

    private static ulong Fold(ulong u, ulong v, ulong mul)
    {
        ulong a = ShiftMix((u ^ v) * mul);
        return ShiftMix((v ^ a) * mul) * mul;
    }

    private static ulong ShiftMix(ulong value) => value ^ (value >> 47);

    private static ulong Word(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt64LittleEndian(s[at..]);

    private static ulong Half(ReadOnlySpan<byte> s, int at) => BinaryPrimitives.ReadUInt32LittleEndian(s[at..]);

    /// <summary>56 bytes of running state of the long form.</summary>
    private struct State
    {
        public ulong X;
        public ulong Y;
        public ulong Z;
        public (ulong First, ulong Second) V;
        public (ulong First, ulong Second) W;

        public void Round(ReadOnlySpan<byte> s, ulong mul, ulong weight)
        {
            X = BitOperations.RotateRight(X + Y + V.First + Word(s, 8), 37) * mul;
            Y = BitOperations.RotateRight(Y + V.Second + Word(s, 48), 42) * mul;
            X ^= W.Second * weight;
            Y += (V.First * weight) + Word(s, 40);
            Z = BitOperations.RotateRight(Z + W.First, 33) * mul;
            V = Weak(s, V.Second * mul, X + W.First);
            W = Weak(s[32..], Z + W.Second, Y + Word(s, 16));
            (Z, X) = (X, Z);
        }

        private static (ulong First, ulong Second) Weak(ReadOnlySpan<byte> s, ulong a, ulong b)
        {
            ulong last = Word(s, 24);
            a += Word(s, 0);
            b = BitOperations.RotateRight(b + a + last, 21);
            ulong c = a;
            a += Word(s, 8) + Word(s, 16);
            b += BitOperations.RotateRight(a, 44);
            return (a + last, b + c);
        }
    }
}
