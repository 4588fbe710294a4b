using System.Collections.Concurrent;
using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aisle.Local.DuckDb;
using DuckDB.NET.Data;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>Runs GoogleSQL on DuckDB: the portable part as it is, our own table definitions without what only BigQuery has (partitions,
/// clusters, options), exports as files.</summary>
internal sealed partial class DuckDbEngine : IDisposable
{
    /// <summary>Types and a function that DuckDB does not know, beside the prelude of the local warehouse. Bytes that are no text read
    /// otherwise than in BigQuery; ASCII reads the same.</summary>
    private const string Types =
        "CREATE TYPE BYTES AS BLOB; CREATE TYPE NUMERIC_38_9 AS DECIMAL(38, 9); CREATE MACRO safe_convert_bytes_to_string(bytes) AS CAST(bytes AS VARCHAR);";

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    public DuckDbEngine(TimeProvider clock)
    {
        _clock = clock;
        _connection.Open();
        Execute("SET TimeZone = 'UTC'; CREATE SCHEMA prelude; SET schema = 'prelude'");
        Execute(DuckDbSchema.Prelude);
        Execute(DuckDbSchema.Session);
        Execute(Types);
        DuckDbFunctions.Register(_connection);
    }

    /// <summary>Where the buckets are, by their names.</summary>
    public ConcurrentDictionary<string, string> Buckets { get; } = new(StringComparer.Ordinal);

    /// <summary>Makes an empty dataset.</summary>
    public void CreateDataset(string dataset)
    {
        lock (_gate)
        {
            Execute($"CREATE SCHEMA \"{dataset}\"");
        }
    }

    /// <summary>Runs a statement.</summary>
    /// <exception cref="BigQueryFault">DuckDB refuses it: an invalid query or a missing table, in BigQuery's words.</exception>
    public QueryAnswer Query(string sql, string? dataset, JsonArray parameters)
    {
        lock (_gate)
        {
            try
            {
                Execute($"SET search_path = '{dataset ?? "main"},prelude'");
                if (Export().Match(sql) is { Success: true } export)
                {
                    return Write(export.Groups["bucket"].Value, export.Groups["path"].Value, Portable(export.Groups["query"].Value), parameters);
                }

                using DbCommand command = Command(Portable(sql), parameters);
                if (sql.StartsWith("DELETE ", StringComparison.Ordinal))
                {
                    return new QueryAnswer([], [], command.ExecuteNonQuery());
                }

                using DbDataReader reader = command.ExecuteReader();
                return Read(reader);
            }
            catch (DuckDBException refused)
            {
                bool isMissing = refused.Message.StartsWith("Catalog Error", StringComparison.Ordinal);
                throw isMissing ? new BigQueryFault(404, "notFound", $"Not found: {refused.Message}") : new BigQueryFault(400, "invalidQuery", refused.Message);
            }
        }
    }

    /// <summary>The names of a dataset's tables.</summary>
    public IReadOnlyList<string> Tables(string dataset)
    {
        lock (_gate)
        {
            using DbCommand command = _connection.CreateCommand();
            command.CommandText = "SELECT table_name FROM information_schema.tables WHERE table_schema = $dataset AND table_type = 'BASE "
                + "TABLE' ORDER BY table_name";
            command.Parameters.Add(new DuckDBParameter("dataset", dataset));
            using DbDataReader reader = command.ExecuteReader();
            List<string> tables = [];
            while (reader.Read())
            {
                tables.Add(reader.GetString(0));
            }

            return tables;
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
                "SELECT column_name, data_type, is_nullable FROM information_schema.columns WHERE table_schema = $dataset AND table_name "
                + "= $table ORDER BY ordinal_position";
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

    /// <summary>Two files, as BigQuery writes as many as it has workers; the rows in neither order.</summary>
    private QueryAnswer Write(string bucket, string path, string query, JsonArray parameters)
    {
        using (DbCommand rows = Command($"CREATE OR REPLACE TEMP TABLE exported AS {query}", parameters))
        {
            rows.ExecuteNonQuery();
        }

        string folder = Buckets.TryGetValue(bucket, out string? mounted) ? mounted : throw new BigQueryFault(404, "notFound", $"Not found: Bucket {bucket}");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!); // a bucket needs no folders
        for (int file = 0; file < 2; file++)
        {
            string name = Path.Combine(folder, path.Replace("*", string.Create(CultureInfo.InvariantCulture, $"{file:D12}"), StringComparison.Ordinal));
            Execute($"COPY (SELECT * FROM exported WHERE rowid % 2 = {file} ORDER BY rowid DESC) TO '{name}' (FORMAT PARQUET, COMPRESSION SNAPPY)");
        }

        return new QueryAnswer([], [], Affected: null) { ExportedFiles = 2 };
    }

    private string Portable(string sql) => Parameter().Replace(
        WithoutLayout(sql).Replace("CURRENT_TIMESTAMP()", string.Create(CultureInfo.InvariantCulture, $"TIMESTAMPTZ "
            + $"'{_clock.GetUtcNow():yyyy-MM-dd HH:mm:ss.ffffff}+00'"), StringComparison.Ordinal), "$$$1");

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

    [GeneratedRegex(@"^EXPORT DATA OPTIONS \(uri = 'gs://(?<bucket>[^/']+)/(?<path>[^']+)', format = 'PARQUET', compression = 'SNAPPY', overwrite = TRUE\) AS\s(?<query>[\s\S]+)$")]
    private static partial Regex Export();

    [GeneratedRegex(@"\)\s*PARTITION BY[\s\S]*$")]
    private static partial Regex Layout();
}
