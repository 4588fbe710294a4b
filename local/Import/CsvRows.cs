using Sylvan.Data.Csv;

namespace Aisle.Local.Import;

/// <summary>A CSV file with a header, read row by row; says which columns are missing, and which rows cannot be read.</summary>
internal sealed class CsvRows : IDisposable
{
    private const int ShownLength = 160;

    private readonly CsvDataReader _reader;
    private readonly Dictionary<string, int> _columns;

    /// <summary>Reads the header.</summary>
    /// <param name="text">The file.</param>
    /// <param name="format">The format's name, for the complaint.</param>
    /// <param name="columns">The columns that must be there.</param>
    /// <exception cref="DatasetFormatException">A column is missing.</exception>
    public CsvRows(TextReader text, string format, params IReadOnlyList<string> columns)
    {
        _reader = CsvDataReader.Create(text, new CsvDataReaderOptions { HasHeaders = true, CsvStyle = CsvStyle.Lax, BufferSize = 1 << 17 });
        string[] header = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => _reader.GetName(i).Trim('\uFEFF', ' '))];
        _columns = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < header.Length; i++)
        {
            _columns.TryAdd(header[i], i);
        }

        string[] missing = [.. columns.Where(column => !_columns.ContainsKey(column))];
        if (missing.Length > 0)
        {
            throw new DatasetFormatException(
                $"{format} has the columns {string.Join(", ", columns)}; this file lacks {string.Join(", ", missing)} (it has: {string.Join(", ", header)}). Name the file's own format, or add the columns.");
        }
    }

    /// <summary>The number of the present line, from 1; the header is line 1.</summary>
    public long Line => _reader.RowNumber + 1L;

    /// <summary>Whether the present row has all its fields and is UTF-8; else why not.</summary>
    public string? Defect() =>
        _reader.RowFieldCount != _reader.FieldCount ? "a malformed line: too few or too many fields"
        : Shown().Contains('\uFFFD') ? "not valid UTF-8"
        : null;

    /// <summary>Goes to the next row.</summary>
    /// <exception cref="DatasetFormatException">The file's quoting is broken from here on.</exception>
    public bool Next()
    {
        try
        {
            return _reader.Read();
        }
        catch (CsvFormatException broken)
        {
            throw new DatasetFormatException($"The file cannot be read on from line {Line + 1} ({broken.Message}). Correct the quotes there.");
        }
    }

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <summary>A field without space around it; empty when the column is missing.</summary>
    public string this[string column] =>
        _columns.TryGetValue(column, out int index) && index < _reader.RowFieldCount ? _reader.GetString(index).Trim() : "";

    /// <summary>The present row as text, shortened.</summary>
    public string Shown()
    {
        string text = string.Join(',', Enumerable.Range(0, _reader.RowFieldCount).Select(_reader.GetString));
        return text.Length <= ShownLength ? text : text[..ShownLength] + "…";
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();
}
