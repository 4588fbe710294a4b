using System.Text;
using Aisle.Catalogue;
using Aisle.Local.Import;
using Aisle.Local.Import.Files;
using Aisle.Local.Import.Outcome;

namespace Aisle.Local.Tests.Import;

/// <summary>What one pass over a text in the place of a file gave.</summary>
internal sealed record ImportedText(IReadOnlyList<ImportedRow> Rows, IReadOnlyCollection<Product> Products)
{
    public static ImportOptions Options { get; } = new() { Now = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero) };

    public IReadOnlyList<ImportedEvent> Events => [.. Rows.OfType<ImportedRow.Accepted>().Select(row => row.Content)];

    public IReadOnlyList<Product> Listed => [.. Rows.OfType<ImportedRow.Listed>().Select(row => row.Content)];

    public IReadOnlyList<ImportedRow.Rejected> Rejected => [.. Rows.OfType<ImportedRow.Rejected>()];

    public ImportSummary Summary
    {
        get
        {
            ImportSummary summary = new();
            foreach (ImportedRow row in Rows)
            {
                summary.Add(row);
            }

            return summary;
        }
    }

    public static Task<ImportedText> ReadAsync(IDatasetImporter importer, string text, ImportOptions? options = null) =>
        ReadAsync(importer, Encoding.UTF8.GetBytes(text), options);

    public static async Task<ImportedText> ReadAsync(IDatasetImporter importer, byte[] bytes, ImportOptions? options = null)
    {
        using DatasetFile file = File(bytes);
        using IDatasetReading reading = importer.Open(file, options ?? Options);
        List<ImportedRow> rows = await reading.RowsAsync(TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        return new ImportedText(rows, reading.Products);
    }

    public static DatasetFile File(byte[] bytes) => new(new MemoryStream(bytes), "test-file");

    public static DatasetFile File(string text) => File(Encoding.UTF8.GetBytes(text));
}
