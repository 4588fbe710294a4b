using System.Runtime.CompilerServices;
using Aisle.Sql;
using Parquet;
using Parquet.Schema;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Reads the Parquet files of one answer, one row group in memory at a time.</summary>
internal static class ParquetAnswer
{
    /// <summary>The rows of a file. Each is the same object, moved on: take what is needed before asking for the next.</summary>
    /// <exception cref="InvalidDataException">The file is no Parquet, or has a column of a type that no portable query gives.</exception>
    public static async IAsyncEnumerable<IRow> ReadAsync(string file, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using FileStream bytes = File.OpenRead(file);
        await using ParquetReader reader = await OpenAsync(file, bytes, cancellationToken);
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            ParquetRow row = new(await ColumnsAsync(file, rows, reader.Schema.DataFields, cancellationToken));
            for (; row.Index < rows.RowCount; row.Index++)
            {
                yield return row;
            }
        }
    }

    private static async Task<ParquetReader> OpenAsync(string file, Stream bytes, CancellationToken cancellationToken)
    {
        try
        {
            return await ParquetReader.CreateAsync(bytes, null, true, cancellationToken);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or ParquetException or ArgumentException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file} cannot be read as Parquet ({broken.Message.TrimEnd('.')}). Run the training again: it "
                + "exports anew.", broken);
        }
    }

    private static async Task<Array[]> ColumnsAsync(string file, ParquetRowGroupReader rows, DataField[] fields, CancellationToken cancellationToken)
    {
        Array[] columns = new Array[fields.Length];
        for (int column = 0; column < fields.Length; column++)
        {
            columns[column] = fields[column].ClrType switch
            {
                { } type when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => await TextsAsync(rows, fields[column], cancellationToken),
                { } type when type == typeof(long) => await ValuesAsync<long>(rows, fields[column], cancellationToken),
                { } type when type == typeof(double) => await ValuesAsync<double>(rows, fields[column], cancellationToken),
                { } type when type == typeof(bool) => await ValuesAsync<bool>(rows, fields[column], cancellationToken),
                { } type when type == typeof(DateTime) => await ValuesAsync<DateTime>(rows, fields[column], cancellationToken),
                { } type => throw new InvalidDataException($"{file}: the column {fields[column].Name} is of the type {type.Name}, which "
                    + "no portable query gives."),
            };
        }

        return columns;
    }

    private static async Task<Array> TextsAsync(ParquetRowGroupReader rows, DataField field, CancellationToken cancellationToken)
    {
        string?[] texts = new string?[rows.RowCount];
        await rows.ReadAsync(field, texts.AsMemory()!, null, cancellationToken);
        return texts;
    }

    private static async Task<Array> ValuesAsync<T>(ParquetRowGroupReader rows, DataField field, CancellationToken cancellationToken)
        where T : struct
    {
        if (field.IsNullable)
        {
            T?[] nullable = new T?[rows.RowCount];
            await rows.ReadAsync<T>(field, nullable.AsMemory(), null, cancellationToken);
            return nullable;
        }

        T[] values = new T[rows.RowCount];
        await rows.ReadAsync<T>(field, values.AsMemory(), null, cancellationToken);
        return values;
    }
}
