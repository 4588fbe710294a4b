using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;

namespace Aisle.Candidates.Storage;

/// <summary>Writes the payload of a part: numbers, arrays and texts, one after the other.</summary>
internal sealed class PartWriter(Stream stream, XxHash128 hash)
{
    /// <summary>Writes one number.</summary>
    public void Number<T>(T value)
        where T : unmanaged => Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(ref value)));

    /// <summary>Writes a length and the array as it lies in memory.</summary>
    public void Array<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Number(values.Length);
        Bytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>Writes texts, each of which may be null: all their lengths (−1 for null) and then all their bytes.</summary>
    public void Texts(IReadOnlyCollection<string?> texts)
    {
        int[] lengths = [.. texts.Select(text => text is null ? -1 : Encoding.UTF8.GetByteCount(text))];
        Array<int>(lengths);
        byte[] bytes = new byte[lengths.Sum(length => Math.Max(length, 0))];
        int at = 0;
        foreach (string? text in texts)
        {
            at += text is null ? 0 : Encoding.UTF8.GetBytes(text, bytes.AsSpan(at));
        }

        Array<byte>(bytes);
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        hash.Append(bytes);
        stream.Write(bytes);
    }
}
