using System.IO.Compression;
using System.Text;

namespace Aisle.Local.Import;

/// <summary>Opens a data set's file as text, whether it is compressed with gzip or not.</summary>
public static class DatasetFile
{
    /// <summary>Opens the file. Bytes that are not UTF-8 become U+FFFD, and the rows that hold them are rejected.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static StreamReader OpenText(string path)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        bool compressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return new StreamReader(compressed ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
    }
}
