using Aisle.Sql;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>One row of a Parquet file, of a row group that is in memory. A reader moves it on; it is read before that.</summary>
/// <param name="columns">The group's columns, in the query's order.</param>
internal sealed class ParquetRow(IReadOnlyList<Array> columns) : IRow
{
    /// <summary>Which row of the group, from 0.</summary>
    public int Index { get; set; }

    /// <inheritdoc/>
    public string? Text(int column) => (string?)Value(column);

    /// <inheritdoc/>
    public long? Whole(int column) => (long?)Value(column);

    /// <inheritdoc/>
    public double? Number(int column) => Value(column) switch
    {
        null => null,
        long whole => whole,
        object value => (double)value,
    };

    /// <inheritdoc/>
    public bool? Truth(int column) => (bool?)Value(column);

    /// <inheritdoc/>
    public DateTimeOffset? Instant(int column) =>
        Value(column) is DateTime utc ? new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc), TimeSpan.Zero) : null;

    private object? Value(int column) => columns[column].GetValue(Index);
}
