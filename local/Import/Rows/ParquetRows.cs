using System.Globalization;
using Aisle.Local.Import.Files;
using Parquet;
using Parquet.Schema;

namespace Aisle.Local.Import.Rows;

/// <summary>A Parquet file, one row group in memory at a time. Columns that hold lists or structures are passed over.</summary>
/// <param name="file">The file; stays the caller's.</param>
/// <param name="needed">The columns that must be there.</param>
internal sealed class ParquetRows(DatasetFile file, IReadOnlyList<string> needed) : IRows
{
    private readonly Stream _bytes = file.IsCompressed
        ? throw new DatasetFormatException($"{file.Name} is compressed with gzip; a Parquet file compresses its own columns. Unpack it first.")
        : file.Stored();

    private readonly Dictionary<string, string?[]> _values = new(StringComparer.OrdinalIgnoreCase);
    private ParquetReader? _reader;
    private DataField[] _fields = [];
    private int _group;
    private int _row = -1;
    private long _rows;

    /// <inheritdoc/>
    public long Line { get; private set; }

    /// <inheritdoc/>
    public string this[string column] => _values.TryGetValue(column, out string?[]? values) ? values[_row]?.Trim() ?? "" : "";

    /// <inheritdoc/>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        _reader ??= await OpenAsync(cancellationToken);
        while (++_row >= _rows)
        {
            if (_group == _reader.RowGroupCount)
            {
                return false;
            }

            await LoadAsync(_reader, _group++, cancellationToken);
            _row = -1;
        }

        Line++;
        return true;
    }

    /// <inheritdoc/>
    public string? Defect() => null;

    /// <inheritdoc/>
    public string Text() => string.Join(',', _fields.Select(column => $"{column.Name}={this[column.Name]}"));

    /// <inheritdoc/>
    public void Dispose() => _bytes.Dispose();

    private async Task<ParquetReader> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            ParquetReader reader = await ParquetReader.CreateAsync(_bytes, null, true, cancellationToken);
            _fields = [.. reader.Schema.DataFields.Where(field => !field.IsArray && field.MaxRepetitionLevel == 0 && field.Path.Length == 1)];
            string[] present = [.. _fields.Select(column => column.Name)];
            string[] missing = [.. needed.Except(present, StringComparer.OrdinalIgnoreCase)];
            return missing.Length == 0 ? reader : throw new DatasetFormatException(
                $"The map names {string.Join(", ", missing)}; this file lacks {(missing.Length == 1 ? "it" : "them")} "
                + $"(it has: {string.Join(", ", present)}). Correct the map.");
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or ParquetException or ArgumentException or InvalidOperationException)
        {
            throw new DatasetFormatException($"{file.Name} cannot be read as Parquet ({broken.Message.TrimEnd('.')}). Fetch or export it again.");
        }
    }

    private async Task LoadAsync(ParquetReader reader, int index, CancellationToken cancellationToken)
    {
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(index);
        _rows = group.RowCount;
        foreach (DataField field in _fields)
        {
            try
            {
                _values[field.Name] = await ColumnAsync(group, field, cancellationToken);
            }
            catch (Exception broken) when (broken is IOException or InvalidDataException or ParquetException or ArgumentException or InvalidOperationException or OverflowException)
            {
                throw new DatasetFormatException(
                    $"The column {field.Name} cannot be read on from row {Line + 1} ({broken.Message.TrimEnd('.')}). Export the file "
                    + "again and import it again: what was imported stays and is not doubled.");
            }
        }
    }

    private static Task<string?[]> ColumnAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken) => field.ClrType switch
    {
        { } type when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => TextsAsync(group, field, cancellationToken),
        { } type when type == typeof(int) => ValuesAsync<int>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(long) => ValuesAsync<long>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(short) => ValuesAsync<short>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(uint) => ValuesAsync<uint>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(ulong) => ValuesAsync<ulong>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(float) => ValuesAsync<float>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(double) => ValuesAsync<double>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(decimal) => ValuesAsync<decimal>(group, field, static value => value.ToString(CultureInfo.InvariantCulture), cancellationToken),
        { } type when type == typeof(bool) => ValuesAsync<bool>(group, field, static value => value ? "true" : "false", cancellationToken),
        { } type when type == typeof(DateTime) => ValuesAsync<DateTime>(
            group, field, static value => value.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture) + "Z", cancellationToken),
        { } type when type == typeof(DateOnly) => ValuesAsync<DateOnly>(group, field, static value => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), cancellationToken),
        _ => Task.FromResult(new string?[group.RowCount]),
    };

    private static async Task<string?[]> TextsAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken)
    {
        string?[] texts = new string?[group.RowCount];
        await group.ReadAsync(field, texts.AsMemory()!, null, cancellationToken);
        return texts;
    }

    private static async Task<string?[]> ValuesAsync<T>(
        ParquetRowGroupReader group, DataField field, Func<T, string> text, CancellationToken cancellationToken)
        where T : struct
    {
        if (field.IsNullable)
        {
            T?[] nullable = new T?[group.RowCount];
            await group.ReadAsync<T>(field, nullable.AsMemory(), null, cancellationToken);
            return Array.ConvertAll(nullable, value => value is { } known ? text(known) : null);
        }

        T[] values = new T[group.RowCount];
        await group.ReadAsync<T>(field, values.AsMemory(), null, cancellationToken);
        return Array.ConvertAll<T, string?>(values, value => text(value));
    }
}
