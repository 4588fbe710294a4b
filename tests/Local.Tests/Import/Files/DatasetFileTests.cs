using System.IO.Compression;
using System.Text;
using Aisle.Local.Import;
using Aisle.Local.Import.Datasets;
using Aisle.Local.Import.Files;
using Aisle.Testing;

namespace Aisle.Local.Tests.Import.Files;

public sealed class DatasetFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_is_read_compressed_or_not_and_more_than_once(bool compressed)
    {
        using DatasetFile file = DatasetFile.Open(Write(compressed ? Gzip("a,b\n1,£\n") : "a,b\n1,£\n"u8.ToArray()));

        Assert.Equal("a,b\n1,£\n", file.Head(Encoding.UTF8));
        using StreamReader text = file.Text(Encoding.UTF8);
        Assert.Equal("a,b\n1,£\n", text.ReadToEnd());
    }

    [Fact]
    public void A_folder_is_refused_with_the_remedy() => Refused(_folder.Path, "is a folder");

    [Fact]
    public void A_missing_file_is_refused_with_its_path() => Refused(Path.Combine(_folder.Path, "nothing.csv"), "nothing.csv");

    [Fact]
    public void An_empty_file_is_refused() => Refused(Write([]), "empty");

    [Fact]
    public async Task A_gzip_file_that_breaks_off_names_the_last_line_and_keeps_the_rows_before()
    {
        string lines = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"{i * 7919 % 20011},{i * 104729 % 7907},view,{1430000000 + i}\n"));
        byte[] whole = Gzip("user_id,item_id,event,timestamp\n" + lines);
        using DatasetFile file = ImportedText.File(whole[..(whole.Length / 2)]);
        using IDatasetReading reading = new RetailRocketImporter().Open(file, ImportedText.Options);
        long before = 0;

        DatasetFormatException broken = await Assert.ThrowsAsync<DatasetFormatException>(async () =>
        {
            await foreach (ImportedRow row in reading.RowsAsync(TestContext.Current.CancellationToken))
            {
                before = row.Line;
            }
        });

        Assert.InRange(before, 1000, 19_999);
        Assert.Contains($"after line {before}", broken.Message, StringComparison.Ordinal);
        Assert.Contains("import it again", broken.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static void Refused(string path, string words) =>
        Assert.Contains(words, Assert.Throws<DatasetFormatException>(() => DatasetFile.Open(path)).Message, StringComparison.Ordinal);

    private static byte[] Gzip(string text)
    {
        using MemoryStream bytes = new();
        using (GZipStream gzip = new(bytes, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }

    private string Write(byte[] bytes)
    {
        string path = Path.Combine(_folder.Path, "rows");
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
