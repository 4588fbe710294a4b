using System.IO.Compression;
using System.Text;

namespace Aisle.Local.Import.Files;

/// <summary>A data set's file, plain or gzip, that can be looked into before it is read.</summary>
public sealed class DatasetFile : IDisposable
{
    private const int HeadCharacters = 1 << 16;

    private readonly Stream _file;

    /// <summary>Takes a file that is open already; it is closed with this object.</summary>
    /// <param name="file">Its bytes; it can seek.</param>
    /// <param name="name">What complaints call it.</param>
    /// <exception cref="DatasetFormatException">It is empty.</exception>
    public DatasetFile(Stream file, string name)
    {
        ArgumentNullException.ThrowIfNull(file);
        _file = file;
        Name = name;
        if (file.Length == 0)
        {
            file.Dispose();
            throw new DatasetFormatException($"{name} is empty (0 bytes). Fetch or export it anew.");
        }

        IsCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
    }

    /// <summary>The file's name without its folder.</summary>
    public string Name { get; }

    /// <summary>Whether it is compressed with gzip.</summary>
    public bool IsCompressed { get; }

    /// <summary>How many bytes it has on disk.</summary>
    public long Length => _file.Length;

    /// <summary>How many of them were read.</summary>
    public long Position => _file.CanRead ? _file.Position : Length;

    /// <summary>Opens a file by its path.</summary>
    /// <exception cref="DatasetFormatException">There is no such file, it is a folder, empty, or not to be read by this user.</exception>
    public static DatasetFile Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DatasetFormatException($"{path} is a folder. Name the file in it.");
        }

        try
        {
            return new DatasetFile(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan), Path.GetFileName(path));
        }
        catch (Exception refused) when (refused is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new DatasetFormatException($"There is no file {path}. Name the data set's file.");
        }
        catch (UnauthorizedAccessException)
        {
            throw new DatasetFormatException($"{path} may not be read by this user. Change its permissions, or copy it.");
        }
    }

    /// <summary>The first characters, as far as they can be read as text; the file stands at its beginning afterwards.</summary>
    public string Head(Encoding encoding)
    {
        using StreamReader text = Text(encoding);
        char[] head = new char[HeadCharacters];
        try
        {
            return new string(head, 0, text.ReadBlock(head, 0, head.Length));
        }
        catch (InvalidDataException)
        {
            return "";
        }
        finally
        {
            _file.Position = 0;
        }
    }

    /// <summary>The text from the beginning. Bytes that are not of the encoding become U+FFFD, and the rows that hold them are rejected. A
    /// byte order mark overrules the encoding.</summary>
    public StreamReader Text(Encoding encoding) => new(Bytes(), encoding, detectEncodingFromByteOrderMarks: true, 1 << 16);

    /// <summary>The decompressed bytes from the beginning; closing them leaves the file open.</summary>
    public Stream Bytes()
    {
        _file.Position = 0;
        return IsCompressed ? new GZipStream(_file, CompressionMode.Decompress, leaveOpen: true) : new KeptOpen(_file);
    }

    /// <summary>The bytes as they lie on disk, from the beginning; they can seek. Closing them leaves the file open.</summary>
    public Stream Stored()
    {
        _file.Position = 0;
        return new KeptOpen(_file);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>A stream whose end is not the file's.</summary>
    private sealed class KeptOpen(Stream file) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => file.Length;

        public override long Position { get => file.Position; set => file.Position = value; }

        public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => file.Read(buffer);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken) => file.ReadAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void Flush()
        {
        }

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
