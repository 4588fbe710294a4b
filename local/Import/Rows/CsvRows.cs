using Sylvan.Data.Csv;

namespace Aisle.Local.Import.Rows;

/// <summary>A CSV file with a header, read row by row; says which columns are missing, and which rows cannot be read.</summary>
internal sealed class CsvRows : IRows
{
    private const int MostCharactersOfARow = 1 << 22;

    private readonly CsvDataReader _reader;
    private readonly Dictionary<string, int> _columns = new(StringComparer.OrdinalIgnoreCase);
    private long _nextLine = 2;

    /// <summary>Reads the header.</summary>
    /// <param name="text">The file; closed with the rows.</param>
    /// <param name="format">The format's name, for the complaint.</param>
    /// <param name="columns">The columns that must be there.</param>
    /// <exception cref="DatasetFormatException">A column is missing.</exception>
    public CsvRows(TextReader text, string format, params IReadOnlyList<string> columns)
    {
        _reader = Open(text);
        Columns = [.. Enumerable.Range(0, _reader.FieldCount).Select(i => _reader.GetName(i).Trim('\uFEFF', ' '))];
        for (int i = 0; i < Columns.Count; i++)
        {
            _columns.TryAdd(Columns[i], i);
        }

        string[] missing = [.. columns.Where(column => !_columns.ContainsKey(column))];
        if (missing.Length > 0)
        {
            Dispose();
            throw new DatasetFormatException(
                $"{format} has the columns {string.Join(", ", columns)}; this file lacks {string.Join(", ", missing)} (it has: "
                + $"{Shorten(string.Join(", ", Columns))}). "
                + "Name the file's own format, or add the columns.");
        }
    }

    /// <summary>The header.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <inheritdoc/>
    public long Line { get; private set; } = 1;

    /// <inheritdoc/>
    public string this[string column] =>
        _columns.TryGetValue(column, out int index) && index < _reader.RowFieldCount ? _reader.GetString(index).Trim() : "";

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => _columns.ContainsKey(column);

    /// <inheritdoc/>
    public string? Defect() =>
        _reader.RowFieldCount != _reader.FieldCount ? "a malformed line: too few or too many fields"
        : Raw().Contains('\uFFFD') ? "not valid UTF-8: name the file's own with --encoding, such as latin1"
        : null;

    /// <inheritdoc/>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await _reader.ReadAsync(cancellationToken))
            {
                return false;
            }

            Line = _nextLine;
            _nextLine += 1 + Raw().TrimEnd("\r\n").Count('\n'); // a field in quotes may go over several lines
            return true;
        }
        catch (CsvRecordTooLargeException)
        {
            throw Broken($"a row of more than {MostCharactersOfARow:N0} characters begins there: most often a quote that is never closed");
        }
        catch (CsvFormatException broken)
        {
            throw Broken(broken.Message.TrimEnd('.'));
        }
    }

    /// <inheritdoc/>
    public string Text() => Raw().TrimEnd("\r\n").ToString();

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private static CsvDataReader Open(TextReader text)
    {
        try
        {
            return CsvDataReader.Create(text, new CsvDataReaderOptions
            {
                HasHeaders = true,
                CsvStyle = CsvStyle.Lax,
                BufferSize = 1 << 17,
                MaxBufferSize = MostCharactersOfARow,
            });
        }
        catch (Exception broken) when (broken is CsvFormatException or InvalidDataException)
        {
            throw new DatasetFormatException($"The header in line 1 cannot be read ({broken.Message.TrimEnd('.')}). Name a CSV file whose "
                + "first line names its columns.");
        }
    }

    private ReadOnlySpan<char> Raw() => _reader.GetRawRecordSpan();

    private DatasetFormatException Broken(string why) => new(
        $"The file cannot be read on from line {_nextLine} ({why}). Correct the quotes there and import it again: what was imported stays and is not doubled.");

    private static string Shorten(string text) => text.Length <= 400 ? text : text[..400] + "…";
}
