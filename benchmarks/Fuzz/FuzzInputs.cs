using System.Text;
using Aisle.Numerics;

namespace Aisle.Benchmarks.Fuzz;

/// <summary>Inputs that follow from a seed and a number alone, so that a failure can be had again: mutations of valid bodies, JSON of a
/// grammar that knows our fields, and random bytes.</summary>
/// <param name="seed">What all inputs follow from.</param>
/// <param name="valid">Valid inputs, from which mutations begin.</param>
internal sealed class FuzzInputs(ulong seed, IReadOnlyList<byte[]> valid)
{
    /// <summary>Pieces that parsers stumble over.</summary>
    private static readonly byte[][] Tokens =
    [
        .. new[]
        {
            "null", "true", "NaN", "1e400", "-1e-400", "-0", "9223372036854775808", "79228162514264337593543950336", "0.1e1", "{}", "[]", "\"\"", "\\ud800", "\\udc00\\ud800", "\\u0000",
            "\\uFEFF", "2026-01-15T12:00:00", "2026-02-30T12:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2026-01-15T12:00:00+14:59", "view", "purchase", "refund", "page_view",
            "impression", "\"events\":", "\"event_id\":", "\"event_id\":\"x\",", "\"user_id\":null,", "\"revenue\":-1,", "\"quantity\":1e3,", "\"message\":", "\"data\":\"e30=\"", "[[[[[[[[[[[[[[[[[[[[",
        }.Select(Encoding.UTF8.GetBytes),
        [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xFF], [0xEF, 0xBB, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0],
    ];

    /// <summary>One input.</summary>
    public byte[] Make(long number)
    {
        SeededRandom random = SeededRandom.Derive(seed, (ulong)number);
        return random.NextInt(10) switch
        {
            < 6 => Mutated(random),
            < 9 => Encoding.UTF8.GetBytes(FuzzGrammar.Body(random)),
            _ => Bytes(random, random.NextInt(200)),
        };
    }

    private byte[] Mutated(SeededRandom random)
    {
        List<byte> bytes = [.. valid[random.NextInt(valid.Count)]];
        for (int mutation = random.NextInt(4); mutation >= 0 && bytes.Count > 0; mutation--)
        {
            Mutate(bytes, random);
        }

        return [.. bytes];
    }

    private void Mutate(List<byte> bytes, SeededRandom random)
    {
        int at = random.NextInt(bytes.Count);
        int length = Math.Min(bytes.Count - at, 1 + random.NextInt(20));
        switch (random.NextInt(8))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.NextInt(8));
                break;
            case 1:
                bytes[at] = (byte)random.NextInt(256);
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 4:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 5:
                byte[] other = valid[random.NextInt(valid.Count)];
                bytes.InsertRange(at, other.AsSpan(random.NextInt(other.Length)).ToArray().Take(60));
                break;
            default:
                ReplaceWord(bytes, at, Tokens[random.NextInt(Tokens.Length)], random);
                break;
        }
    }

    /// <summary>Puts a piece where a value stands, or just anywhere.</summary>
    private static void ReplaceWord(List<byte> bytes, int at, byte[] piece, SeededRandom random)
    {
        int colon = bytes.IndexOf((byte)':', at);
        if (colon < 0 || random.NextInt(3) == 0)
        {
            bytes.InsertRange(at, piece);
            return;
        }

        int end = bytes.FindIndex(colon, b => b is (byte)',' or (byte)'}');
        bytes.RemoveRange(colon + 1, Math.Max(0, end - colon - 1));
        bytes.InsertRange(colon + 1, piece);
    }

    private static byte[] Bytes(SeededRandom random, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.NextUInt64();
        }

        return bytes;
    }
}
