using Aisle.Sql;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>Notes every cell that a query's reader takes from a row, as the type it takes it for.</summary>
internal sealed class RecordingRow(IRow row) : IRow
{
    private readonly SortedDictionary<int, object?> _cells = [];

    /// <summary>What the reader took, by column; the reader must take every column.</summary>
    public static object?[] CellsOf<TRow>(IRow row, Func<IRow, TRow> read)
    {
        RecordingRow recording = new(row);
        read(recording);
        return [.. recording._cells.Values];
    }

    public string? Text(int column) => Note(column, row.Text(column));

    public long? Whole(int column) => Note(column, row.Whole(column));

    public double? Number(int column) => Note(column, row.Number(column));

    public bool? Truth(int column) => Note(column, row.Truth(column));

    public DateTimeOffset? Instant(int column) => Note(column, row.Instant(column));

    private T Note<T>(int column, T cell)
    {
        _cells[column] = cell;
        return cell;
    }
}
