using System.Diagnostics;
using DuckDB.NET.Data;
using Microsoft.Data.Sqlite;

namespace Aisle.Benchmarks.Ingest;

/// <summary>What the two engines do at best on this machine and disk, with nothing of ours between: the yardstick
/// in the same run.</summary>
internal static class RawStores
{
    private const int DuckDbCommit = 5_000;

    /// <summary>Rows per second of a bare DuckDB appender of six columns, a transaction for each 5,000 rows.</summary>
    public static double DuckDbAppender(string folder, int rows)
    {
        using DuckDBConnection connection = new($"DataSource={Path.Combine(folder, "raw.duckdb")}");
        connection.Open();
        Run(connection, "CREATE TABLE rows (event_id VARCHAR, user_id VARCHAR, event_type VARCHAR, product_id VARCHAR, event_timestamp "
            + "TIMESTAMPTZ, session_id VARCHAR)");
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        long started = Stopwatch.GetTimestamp();
        for (int first = 0; first < rows; first += DuckDbCommit)
        {
            using DuckDBTransaction transaction = connection.BeginTransaction();
            using (DuckDBAppender appender = connection.CreateAppender("rows"))
            {
                for (int row = first; row < Math.Min(rows, first + DuckDbCommit); row++)
                {
                    appender.CreateRow().AppendValue($"raw-{row}").AppendValue($"shopper-{row % 5000:D5}").AppendValue("view").AppendValue($"P{row % 2000:D5}")
                        .AppendValue(now).AppendValue($"s-{row / 7}").EndRow();
                }
            }

            transaction.Commit();
        }

        return rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>Rows per second of a bare SQLite insert of one blob of 300 bytes, durable (WAL, synchronous FULL).</summary>
    /// <param name="folder">Where the file goes.</param>
    /// <param name="rows">How many.</param>
    /// <param name="perCommit">How many rows share a transaction.</param>
    public static double SqliteInsert(string folder, int rows, int perCommit)
    {
        using SqliteConnection connection = new($"Data Source={Path.Combine(folder, $"raw-{perCommit}.sqlite")};Pooling=false");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (id INTEGER PRIMARY KEY, data BLOB NOT NULL)");
        using SqliteCommand insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO rows (data) VALUES ($data)";
        insert.Parameters.AddWithValue("$data", new byte[300]);
        long started = Stopwatch.GetTimestamp();
        for (int row = 0; row < rows; row += perCommit)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (int i = 0; i < perCommit; i++)
            {
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static void Run(System.Data.Common.DbConnection connection, string sql)
    {
        using System.Data.Common.DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
