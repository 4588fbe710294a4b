using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Reading;

/// <summary>Checks that a file has what its format has, where one format has several kinds of file.</summary>
internal static class RequiredColumns
{
    /// <exception cref="DatasetFormatException">A column is missing; the rows are closed then.</exception>
    public static void Check(CsvRows rows, string format, IReadOnlyList<string> columns)
    {
        string[] missing = [.. columns.Where(column => !rows.Has(column))];
        if (missing.Length > 0)
        {
            string has = string.Join(", ", rows.Columns);
            rows.Dispose();
            throw new DatasetFormatException(
                $"{format} has the columns {string.Join(", ", columns)}; this file lacks {string.Join(", ", missing)} (it has: {has}). "
                + "Name the file's own format, or add the columns.");
        }
    }
}
