using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Aisle.Candidates.Storage;

/// <summary>Reads the payload of a part in the order in which it was written; arrays come in one read each.</summary>
internal sealed class PartReader(Stream stream, string path)
{
    /// <summary>Reads one number.</summary>
    public T Number<T>()
        where T : unmanaged
    {
        T value = default;
        Fill(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    /// <summary>Reads an array.</summary>
    public T[] Array<T>()
        where T : unmanaged
    {
        int length = Number<int>();
        if (length < 0 || (long)length * Unsafe.SizeOf<T>() > stream.Length - stream.Position)
        {
            throw PartFile.Damaged(path, "states an array that is longer than itself");
        }

        T[] values = new T[length];
        Fill(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    /// <summary>Reads texts, null where null was written.</summary>
    public string?[] Texts()
    {
        int[] lengths = Array<int>();
        byte[] bytes = Array<byte>();
        if (lengths.Sum(length => (long)Math.Max(length, 0)) != bytes.Length)
        {
            throw PartFile.Damaged(path, "has texts that do not fill their space");
        }

        string?[] texts = new string?[lengths.Length];
        int at = 0;
        for (int index = 0; index < lengths.Length; index++)
        {
            if (lengths[index] >= 0)
            {
                texts[index] = Encoding.UTF8.GetString(bytes, at, lengths[index]);
                at += lengths[index];
            }
        }

        return texts;
    }

    private void Fill(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
        {
            throw PartFile.Damaged(path, "is cut short");
        }
    }
}
