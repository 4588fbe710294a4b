using System.Data.Common;
using System.Text.Json.Nodes;
using Aisle.Local.DuckDb;
using Aisle.Sql;
using DuckDB.NET.Data;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>A few rows in tables of their own, which both engines run a statement over.</summary>
/// <param name="tables">Made by <see cref="Table"/>.</param>
internal sealed class SmallTables(params JsonObject[] tables)
{
    /// <summary>A table of texts and numbers.</summary>
    public static JsonObject Table(string name, (string Name, string Type)[] columns, IEnumerable<object?[]> rows) => new()
    {
        ["name"] = name,
        ["columns"] = new JsonArray([.. columns.Select(column => new JsonObject { ["name"] = column.Name, ["type"] = column.Type })]),
        ["rows"] = new JsonArray([.. rows.Select(row => new JsonArray([.. row.Select(WarehouseTables.Cell)]))]),
    };

    /// <summary>What DuckDB answers.</summary>
    public IReadOnlyList<IRow> OnDuckDb(string statement)
    {
        using DuckDBConnection connection = new("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = DuckDbSchema.Prelude + string.Join('\n', tables.Select(Definition));
        command.ExecuteNonQuery();
        command.CommandText = statement;
        using DbDataReader reader = command.ExecuteReader();
        List<IRow> rows = [];
        while (reader.Read())
        {
            object?[] cells = new object?[reader.FieldCount];
            reader.GetValues(cells!);
            rows.Add(new Row(cells));
        }

        return rows;
    }

    /// <summary>What Google's reference evaluator answers.</summary>
    public async Task<IReadOnlyList<IRow>> OnEvaluatorAsync(string statement, CancellationToken cancellationToken)
    {
        JsonObject job = new()
        {
            ["datasets"] = new JsonArray(new JsonArray([.. tables.Select(table => table.DeepClone())])),
            ["cases"] = new JsonArray(new JsonObject { ["name"] = "statement", ["statement"] = statement, ["dataset"] = 0, ["parameters"] = new JsonArray() }),
        };
        EvaluatedAnswer answer = (await ReferenceEvaluator.RunAsync(job, cancellationToken))["statement"];
        Assert.Null(answer.Error);
        return answer.Rows;
    }

    private static string Definition(JsonObject table)
    {
        string columns = string.Join(", ", table["columns"]!.AsArray().Select(column => $"{column!["name"]} "
            + $"{((string)column["type"]! == "STRING" ? "VARCHAR" : "DOUBLE")}"));
        string rows = string.Join(", ", table["rows"]!.AsArray().Select(row => $"({string.Join(", ", row!.AsArray().Select(cell => cell is null ? "NULL" : cell.ToJsonString().Replace('"', '\'')))})"));
        return $"CREATE TABLE {table["name"]} ({columns}); INSERT INTO {table["name"]} VALUES {rows};";
    }

    /// <summary>A row of texts and numbers.</summary>
    private sealed class Row(object?[] cells) : IRow
    {
        public string? Text(int column) => cells[column] as string;

        public long? Whole(int column) => cells[column] as long?;

        public double? Number(int column) => cells[column] as double?;

        public bool? Truth(int column) => cells[column] as bool?;

        public DateTimeOffset? Instant(int column) => throw new NotSupportedException("These tables hold no instants.");
    }
}
