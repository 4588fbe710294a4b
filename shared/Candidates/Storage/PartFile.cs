using System.IO.Hashing;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace Aisle.Candidates.Storage;

/// <summary>One file of a model: a header with format version, length and checksum, and a payload that is read in
/// bulk from a memory map.</summary>
/// <remarks>Layout, little-endian: 8 bytes of magic, int32 format version, int32 zero, int64 payload length, 16 bytes XxHash128 of the
/// payload, payload. The map lives as long as the reading: arrays are copied out of it, so that a bundle which is removed, or cut short on
/// a failing disk, cannot take a serving process down.</remarks>
internal static class PartFile
{
    /// <summary>The format that this code writes; a reader refuses any other.</summary>
    public const int FormatVersion = 2;

    private const int HeaderLength = 40;
    private static readonly byte[] Magic = "AISLEMDL"u8.ToArray();

    /// <summary>Writes a part; the file is complete or has a header that no reader accepts.</summary>
    public static void Write(string path, Action<PartWriter> write)
    {
        using FileStream stream = new(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16);
        stream.Write(new byte[HeaderLength]);
        XxHash128 hash = new();
        write(new PartWriter(stream, hash));
        long length = stream.Position - HeaderLength;
        stream.Position = 0;
        stream.Write(Header(length, hash.GetCurrentHash()));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Verifies and reads a part.</summary>
    /// <exception cref="InvalidDataException">The file is missing, cut short, damaged or of another format; the
    /// message names it.</exception>
    public static T Read<T>(string path, Func<PartReader, T> read)
    {
        long length = LengthOf(path);
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        using MemoryMappedViewStream stream = file.CreateViewStream(0, length, MemoryMappedFileAccess.Read);
        Verify(stream, path);
        stream.Position = HeaderLength;
        try
        {
            return read(new PartReader(stream, path));
        }
        catch (ArgumentException problem)
        {
            throw new InvalidDataException($"The model file {path} has values that do not fit together. Train again or roll back.", problem);
        }
    }

    /// <summary>Verifies a part without reading it into memory.</summary>
    /// <exception cref="InvalidDataException">The file is missing, cut short, damaged or of another format; the
    /// message names it.</exception>
    public static void Verify(string path)
    {
        long length = LengthOf(path);
        using MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, mapName: null, capacity: 0, MemoryMappedFileAccess.Read);
        using MemoryMappedViewStream stream = file.CreateViewStream(0, length, MemoryMappedFileAccess.Read);
        Verify(stream, path);
    }

    /// <summary>The checksum that a part's header states, as text; empty when the file is too short to have one.</summary>
    public static string Digest(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        byte[] header = new byte[HeaderLength];
        return stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength ? "" : Convert.ToHexStringLower(header.AsSpan(24));
    }

    internal static InvalidDataException Damaged(string path, string problem) =>
        new($"The model file {path} {problem}. Restore the file, roll back to another version or train again.");

    // A file that is shorter than a header cannot be mapped as one.
    private static long LengthOf(string path)
    {
        FileInfo file = new(path);
        return !file.Exists ? throw Damaged(path, "is missing") : file.Length < HeaderLength ? throw Damaged(path, "is cut short") : file.Length;
    }

    private static void Verify(MemoryMappedViewStream stream, string path)
    {
        byte[] header = new byte[HeaderLength];
        stream.ReadExactly(header);
        if (!header.AsSpan(0, 8).SequenceEqual(Magic))
        {
            throw Damaged(path, "is no model file");
        }

        int format = MemoryMarshal.Read<int>(header.AsSpan(8));
        if (format != FormatVersion)
        {
            throw Damaged(path, $"has format {format}, and this version reads {FormatVersion}");
        }

        if (stream.Length != HeaderLength + MemoryMarshal.Read<long>(header.AsSpan(16)))
        {
            throw Damaged(path, "is cut short or has grown");
        }

        XxHash128 hash = new();
        hash.Append(stream);
        if (!hash.GetCurrentHash().AsSpan().SequenceEqual(header.AsSpan(24)))
        {
            throw Damaged(path, "does not match its checksum");
        }
    }

    private static byte[] Header(long length, byte[] checksum)
    {
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header, 0);
        MemoryMarshal.Write(header.AsSpan(8), FormatVersion);
        MemoryMarshal.Write(header.AsSpan(16), length);
        checksum.CopyTo(header, 24);
        return header;
    }
}
