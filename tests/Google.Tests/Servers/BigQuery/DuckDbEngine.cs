using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aisle.Local.DuckDb;
using DuckDB.NET.Data;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>Runs GoogleSQL on DuckDB: the portable part as it is, our own table definitions without what only BigQuery has (partitions, clusters, options).</summary>
internal sealed partial class DuckDbEngine : IDisposable
{
    /// <summary>Types and a function that DuckDB does not know, beside the prelude of the local warehouse. Bytes that are no text read otherwise than in BigQuery; ASCII reads the same.</summary>
    private const string Types =
        "CREATE TYPE BYTES AS BLOB; CREATE TYPE NUMERIC_38_9 AS DECIMAL(38, 9); CREATE MACRO safe_convert_bytes_to_string(bytes) AS CAST(bytes AS VARCHAR);";

    private readonly Lock _gate = new();
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDbEngine()
    {
        _connection.Open();
        Execute("SET TimeZone = 'UTC'; CREATE SCHEMA prelude; SET schema = 'prelude'");
        Execute(DuckDbSchema.Prelude);
        Execute(DuckDbSchema.Session);
        Execute(Types);
        DuckDbFunctions.Register(_connection);
    }

    /// <summary>Makes an empty dataset.</summary>
    public void CreateDataset(string dataset)
    {
        lock (_gate)
        {
            Execute($"CREATE SCHEMA \"{dataset}\"");
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <exception cref="BigQueryFault">DuckDB refuses it: an invalid query, in BigQuery's words.</exception>
    public QueryAnswer Query(string sql, string? dataset, JsonArray parameters)
    {
        lock (_gate)
        {
            try
            {
                Execute($"SET search_path = '{dataset ?? "main"},prelude'");
                using DbCommand command = Command(Parameter().Replace(WithoutLayout(sql), "$$$1"), parameters);
                if (sql.StartsWith("DELETE ", StringComparison.Ordinal))
                {
                    return new QueryAnswer([], [], command.ExecuteNonQuery());
                }

                using DbDataReader reader = command.ExecuteReader();
                return Read(reader);
            }
            catch (DuckDBException refused)
            {
                throw new BigQueryFault(400, "invalidQuery", refused.Message);
            }
        }
    }

    /// <summary>What is wrong with rows for a table: unknown fields and missing required ones.</summary>
    /// <exception cref="BigQueryFault">There is no such table.</exception>
    public InsertError[] Check(string dataset, string table, IReadOnlyList<JsonObject> rows)
    {
        IReadOnlyList<(string Name, string Type, bool Required)> columns = Columns(dataset, table);
        return [.. rows.SelectMany((row, index) => row
            .Where(field => columns.All(column => column.Name != field.Key))
            .Select(field => new InsertError(index, "invalid", field.Key, $"no such field: {field.Key}."))
            .Concat(columns
                .Where(column => column.Required && row[column.Name] is null)
                .Select(column => new InsertError(index, "invalid", column.Name, $"Missing required field: {column.Name}."))))];
    }

    /// <summary>Inserts rows that passed the check.</summary>
    public void Insert(string dataset, string table, IReadOnlyList<JsonObject> rows)
    {
        IReadOnlyList<(string Name, string Type, bool Required)> columns = Columns(dataset, table);
        string values = string.Join(", ", columns.Select(column =>
            column.Type == "BLOB" ? $"from_base64(${column.Name})" : $"CAST(${column.Name} AS {column.Type})"));
        lock (_gate)
        {
            using DbTransaction transaction = _connection.BeginTransaction();
            foreach (JsonObject row in rows)
            {
                using DbCommand command = _connection.CreateCommand();
                command.CommandText = $"INSERT INTO \"{dataset}\".\"{table}\" ({string.Join(", ", columns.Select(column => column.Name))}) VALUES ({values})";
                foreach ((string name, _, _) in columns)
                {
                    command.Parameters.Add(new DuckDBParameter(name, row[name]?.ToString()));
                }

                command.ExecuteNonQuery();
            }

            transaction.Commit();
        }
    }

    public void Dispose() => _connection.Dispose();

    private List<(string Name, string Type, bool Required)> Columns(string dataset, string table)
    {
        lock (_gate)
        {
            using DbCommand command = _connection.CreateCommand();
            command.CommandText =
                "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = $dataset AND table_name = $table ORDER BY ordinal_position";
            command.Parameters.Add(new DuckDBParameter("dataset", dataset));
            command.Parameters.Add(new DuckDBParameter("table", table));
            using DbDataReader reader = command.ExecuteReader();
            List<(string, string, bool)> columns = [];
            while (reader.Read())
            {
                columns.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2) == "NO"));
            }

            return columns.Count > 0 ? columns : throw new BigQueryFault(404, "notFound", $"Not found: Table {dataset}.{table}");
        }
    }

    private DbCommand Command(string sql, JsonArray parameters)
    {
        DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (JsonNode? parameter in parameters)
        {
            string name = (string)parameter!["name"]!;
            string text = (string)parameter["parameterValue"]!["value"]!;
            command.Parameters.Add(new DuckDBParameter(name, Typed((string)parameter["parameterType"]!["type"]!, text)));
        }

        return command;
    }

    private static object Typed(string type, string text) => type switch
    {
        "STRING" => text,
        "INTEGER" => long.Parse(text, CultureInfo.InvariantCulture),
        "FLOAT" => double.Parse(text, CultureInfo.InvariantCulture),
        "BOOL" => bool.Parse(text),
        "TIMESTAMP" => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture),
        _ => throw new BigQueryFault(400, "invalid", $"This server does not know parameters of the type {type}."),
    };

    private static QueryAnswer Read(DbDataReader reader)
    {
        (string, string)[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(i => (reader.GetName(i), AnswerValues.TypeOf(reader.GetDataTypeName(i))))];
        List<string?[]> rows = [];
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : AnswerValues.Write(reader.GetValue(i)))]);
        }

        return new QueryAnswer(columns, rows, Affected: null);
    }

    private static string WithoutLayout(string sql) => sql.Contains("CREATE TABLE", StringComparison.Ordinal)
        ? Layout().Replace(sql, ")").Replace(" ARRAY<STRING>", " VARCHAR[]", StringComparison.Ordinal).Replace(" TIMESTAMP", " TIMESTAMPTZ", StringComparison.Ordinal).Replace(" NUMERIC ", " NUMERIC_38_9 ", StringComparison.Ordinal)
        : sql;

    private void Execute(string sql)
    {
        using DbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    [GeneratedRegex(@"@(\w+)")]
    private static partial Regex Parameter();

    [GeneratedRegex(@"\)\s*PARTITION BY[\s\S]*$")]
    private static partial Regex Layout();
}
