using System.Globalization;
using Aisle.Local.DuckDb;
using DuckDB.NET.Data;

namespace Aisle.Benchmarks.Ingest;

/// <summary>What the embedded engines say they hold outside the managed heap.</summary>
/// <param name="warehouse">The warehouse.</param>
internal sealed class EngineMemory(DuckDbDatabase warehouse)
{
    /// <summary>DuckDB's memory by purpose, and SQLite's.</summary>
    public string Read()
    {
        using DuckDBConnection connection = warehouse.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = "SELECT tag, memory_usage_bytes FROM duckdb_memory() WHERE memory_usage_bytes > 0 ORDER BY memory_usage_bytes DESC";
        using DuckDBDataReader reader = command.ExecuteReader();
        List<string> parts = [];
        while (reader.Read())
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{reader.GetString(0).ToLowerInvariant()} {reader.GetInt64(1) / 1e6:0.0}"));
        }

        return string.Create(CultureInfo.InvariantCulture, $"DuckDB [{string.Join(", ", parts)}] MB, SQLite "
            + $"{SQLitePCL.raw.sqlite3_memory_used() / 1e6:0.0} MB");
    }
}
