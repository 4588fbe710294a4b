using System.IO.Compression;
using Aisle.Local.Import;
using Aisle.Testing;

namespace Aisle.Local.Tests.Import;

public sealed class DatasetFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_is_read_compressed_or_not(bool compressed)
    {
        string path = Path.Combine(_folder.Path, "rows");
        using (Stream file = File.Create(path))
        using (Stream stream = compressed ? new GZipStream(file, CompressionMode.Compress) : file)
        {
            stream.Write("a,b\n1,£\n"u8);
        }

        using StreamReader text = DatasetFile.OpenText(path);
        Assert.Equal("a,b\n1,£\n", text.ReadToEnd());
    }

    public void Dispose() => _folder.Dispose();
}
