using System.Data.Common;
using System.Globalization;
using System.Numerics;
using Aisle.Sql;

namespace Aisle.Local.DuckDb;

/// <summary>The row that a DuckDB reader stands on.</summary>
/// <param name="reader">The reader; the row is valid until it moves on.</param>
/// <remarks>Types are looked up once: most rows are read without boxing a number.</remarks>
internal sealed class DuckDbRow(DbDataReader reader) : IRow
{
    private readonly Type[] _types = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetFieldType)];

    public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    public long? Whole(int column) => reader.IsDBNull(column) ? null : _types[column] == typeof(long) ? reader.GetInt64(column) : reader.GetValue(column) switch
    {
        BigInteger huge => (long)huge,
        object other => Convert.ToInt64(other, CultureInfo.InvariantCulture),
    };

    public double? Number(int column) => reader.IsDBNull(column) ? null : _types[column] == typeof(double) ? reader.GetDouble(column) : reader.GetValue(column) switch
    {
        BigInteger huge => (double)huge,
        object other => Convert.ToDouble(other, CultureInfo.InvariantCulture),
    };

    public bool? Truth(int column) => reader.IsDBNull(column) ? null : reader.GetBoolean(column);

    public DateTimeOffset? Instant(int column) => reader.IsDBNull(column) ? null : _types[column] == typeof(DateTime)
        ? new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(column), DateTimeKind.Utc))
        : reader.GetValue(column) switch
        {
            DateTimeOffset instant => instant.ToUniversalTime(),
            object other => throw new InvalidCastException($"Column {column} is a {other.GetType().Name}, not a timestamp."),
        };
}
