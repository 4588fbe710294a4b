using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Aisle.Sql;

namespace Aisle.Local.DuckDb;

/// <summary>The row that a DuckDB reader stands on.</summary>
/// <param name="reader">The reader; the row is valid until it moves on.</param>
internal sealed class DuckDbRow(DbDataReader reader) : IRow
{
    public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public long? Whole(int column) => Value(column) switch
    {
        null => null,
        long whole => whole,
        BigInteger huge => (long)huge,
        object other => Convert.ToInt64(other, CultureInfo.InvariantCulture),
    };

    public double? Number(int column) => Value(column) switch
    {
        null => null,
        double number => number,
        BigInteger huge => (double)huge,
        object other => Convert.ToDouble(other, CultureInfo.InvariantCulture),
    };

    public bool? Truth(int column) => reader.IsDBNull(column) ? null : reader.GetBoolean(column);

    public DateTimeOffset? Instant(int column) => Value(column) switch
    {
        null => null,
        DateTimeOffset instant => instant.ToUniversalTime(),
        DateTime instant => new DateTimeOffset(DateTime.SpecifyKind(instant, DateTimeKind.Utc)),
        object other => throw new InvalidCastException($"Column {column} is a {other.GetType().Name}, not a timestamp."),
    };

    private object? Value(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column);
}
