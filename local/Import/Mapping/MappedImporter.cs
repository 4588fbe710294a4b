using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Mapping;

/// <summary>Any CSV, JSON Lines or Parquet file, by a map from our fields to its columns; without one its columns have our names.</summary>
public sealed class MappedImporter : IDatasetImporter
{
    private readonly Func<DatasetFile, ImportOptions, IRows> _rows;
    private readonly Func<FileHead, bool> _recognizes;

    private MappedImporter(string name, Func<FileHead, bool> recognizes, Func<DatasetFile, ImportOptions, IRows> rows)
    {
        Name = name;
        _recognizes = recognizes;
        _rows = rows;
    }

    /// <summary>CSV, TSV or semicolons; the header tells.</summary>
    public static MappedImporter Csv { get; } = new(
        "csv",
        head => head.HasColumns("event_type", "product_id", "event_timestamp") || head.HasColumns("product_id", "title"),
        (file, options) => new CsvRows(file.Text(options.Encoding), "csv", Needed(options)));

    /// <summary>JSON Lines.</summary>
    public static MappedImporter JsonLines { get; } = new(
        "jsonl",
        head => head.FirstLine.StartsWith('{') && (head.FirstLine.Contains("\"event_type\"", StringComparison.Ordinal) || head.FirstLine.Contains("\"product_id\"", StringComparison.Ordinal)),
        (file, options) => new JsonRows(file.Text(options.Encoding)));

    /// <summary>Parquet.</summary>
    public static MappedImporter Parquet { get; } = new(
        "parquet",
        head => head.Text.StartsWith("PAR1", StringComparison.Ordinal),
        (file, options) => new ParquetRows(file, Needed(options)));

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public bool Recognizes(FileHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return _recognizes(head);
    }

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        IRows rows = _rows(file, options);
        MappedFields fields = new(rows, options.Map);
        return new RowsReading(rows, new MappedReader(rows, fields, new RowMaker(rows, options), options.Currency));
    }

    private static string[] Needed(ImportOptions options) => options.Map is { } map ? [.. map.Columns.Values] : [];
}
