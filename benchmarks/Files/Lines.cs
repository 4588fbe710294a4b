using System.IO.Compression;

namespace Aisle.Benchmarks.Files;

/// <summary>Reads text files, gzipped or not.</summary>
internal static class Lines
{
    /// <summary>All lines of a file that are not blank.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static IEnumerable<string> Of(string path)
    {
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        using FileStream file = File.OpenRead(path);
        using Stream stream = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        using StreamReader reader = new(stream);
        while (reader.ReadLine() is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                yield return line;
            }
        }
    }
}
