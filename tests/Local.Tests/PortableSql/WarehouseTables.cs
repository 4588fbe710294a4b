using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Aisle.Local.DuckDb;
using DuckDB.NET.Data;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>All tables of a warehouse as <c>evaluate.mjs</c> takes them, read back from DuckDB, so that both engines hold the
/// same rows under the same names.</summary>
internal static class WarehouseTables
{
    /// <summary>A column of another type is left out: the portable part of SQL has no unsigned numbers, and a query that
    /// reads one fails to be analyzed.</summary>
    private static readonly Dictionary<string, string> Types = new()
    {
        ["VARCHAR"] = "STRING",
        ["BIGINT"] = "INT64",
        ["DOUBLE"] = "FLOAT64",
        ["BOOLEAN"] = "BOOL",
        ["TIMESTAMP WITH TIME ZONE"] = "TIMESTAMP",
    };

    public static JsonArray Read(DuckDbDatabase database)
    {
        using DuckDBConnection connection = database.Open();
        List<object?[]> columns = Rows(connection, "SELECT table_name, column_name, data_type FROM information_schema.columns ORDER BY "
            + "table_name, ordinal_position");
        return [.. columns.Where(column => Types.ContainsKey((string)column[2]!))
            .GroupBy(column => (string)column[0]!, column => ((string)column[1]!, Types[(string)column[2]!]))
            .Select(table => Table(connection, table.Key, [.. table]))];
    }

    private static JsonObject Table(DuckDBConnection connection, string name, (string Name, string Type)[] columns) => new()
    {
        ["name"] = name,
        ["columns"] = new JsonArray([.. columns.Select(column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type })]),
        ["rows"] = new JsonArray([.. Rows(connection, $"SELECT {string.Join(", ", columns.Select(column => $"\"{column.Name}\""))} FROM {name}")
            .Select(row => new JsonArray([.. row.Select(Cell)]))]),
    };

    /// <summary>One value in the words of <c>evaluate.mjs</c>.</summary>
    public static JsonNode? Cell(object? value) => value switch
    {
        null => null,
        string text => text,
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number when double.IsFinite(number) => number,
        double number => number.ToString(CultureInfo.InvariantCulture),
        bool truth => truth,
        DateTimeOffset instant => Microseconds(instant.UtcDateTime),
        DateTime instant => Microseconds(instant),
        _ => throw new NotSupportedException($"A {value.GetType().Name} has no words in evaluate.mjs."),
    };

    private static string Microseconds(DateTime utc) =>
        ((utc.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond).ToString(CultureInfo.InvariantCulture);

    private static List<object?[]> Rows(DuckDBConnection connection, string sql)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        using DbDataReader reader = command.ExecuteReader();
        List<object?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(column => reader.IsDBNull(column) ? null : reader.GetValue(column))]);
        }

        return rows;
    }
}
