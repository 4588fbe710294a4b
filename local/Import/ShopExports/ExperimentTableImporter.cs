using Aisle.Local.Import.Files;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.ShopExports;

/// <summary>The table of an experiment that was run elsewhere, one row a user: variant, and what the user did. It becomes exposures, visits
/// and purchases, so that the report judges it as its own.</summary>
/// <remarks>The map names <c>variant</c>, and some of <c>user</c> (else each row is a user of its own), <c>spend</c>, <c>conversion</c> (0
/// or 1, false or true) and <c>visits</c> (a count, or false or true).</remarks>
public sealed class ExperimentTableImporter : IDatasetImporter
{
    /// <summary>The fields that a map may name.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["user_id", "variant", "spend", "conversion", "visits"];

    /// <inheritdoc/>
    public string Name => "experiment";

    /// <inheritdoc/>
    public bool Recognizes(FileHead head) => false;

    /// <inheritdoc/>
    public IDatasetReading Open(DatasetFile file, ImportOptions options)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        if (options.Map is not { } map || options.Experiment is not { } table || !map.Has("variant"))
        {
            throw new DatasetFormatException("An experiment's table needs a map that names its variant. Add --map "
                + "variant=…,user=…,spend=…,conversion=…,visits=….");
        }

        FileHead head = new(file);
        IRows rows = head.Text.StartsWith("PAR1", StringComparison.Ordinal) ? new ParquetRows(file, [.. map.Columns.Values])
            : head.Text.TrimStart().StartsWith('{') ? new JsonRows(file.Text(options.Encoding))
            : new CsvRows(file.Text(options.Encoding), Name, [.. map.Columns.Values]);
        return new RowsReading(rows, new ExperimentTableReader(rows, map, table, options.Currency ?? "USD"));
    }
}
