using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>The events as a Parquet file: how a process that does not own the warehouse reads them.</summary>
public static class DuckDbSnapshot
{
    /// <summary>Writes the events of a span of time; the file appears whole or not at all. One that is there is kept.</summary>
    /// <param name="database">The warehouse.</param>
    /// <param name="file">The file.</param>
    /// <param name="from">The start of the span, inclusive.</param>
    /// <param name="to">Its end, exclusive.</param>
    /// <param name="cancellationToken">Heeded before the writing.</param>
    public static void Write(DuckDbDatabase database, string file, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(database);
        cancellationToken.ThrowIfCancellationRequested();
        if (File.Exists(file))
        {
            return;
        }

        string part = file + ".part";
        using DuckDBConnection connection = database.Open();
        DuckDbDatabase.Run(
            connection,
            $"COPY (SELECT * FROM interaction_events WHERE event_timestamp >= TIMESTAMPTZ '{from.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00' " +
            $"AND event_timestamp < TIMESTAMPTZ '{to.UtcDateTime:yyyy-MM-dd HH:mm:ss.ffffff}+00') TO '{Quoted(part)}' (FORMAT PARQUET)");
        File.Move(part, file, overwrite: true);
    }

    /// <summary>A warehouse that sees the events of a snapshot; its own file, made anew beside the snapshot,
    /// holds nothing but the view.</summary>
    /// <param name="file">The snapshot.</param>
    /// <param name="threads">How many threads a query may use.</param>
    /// <param name="clock">Counts the time between checkpoints.</param>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static DuckDbDatabase Open(string file, int threads, TimeProvider clock)
    {
        string scratch = file + ".duckdb";
        File.Delete(scratch);
        File.Delete(scratch + ".wal");
        DuckDbDatabase database = new(scratch, threads, clock);
        try
        {
            using DuckDBConnection connection = database.Open();
            DuckDbDatabase.Run(connection, $"DROP TABLE interaction_events; CREATE VIEW interaction_events AS SELECT * FROM read_parquet('{Quoted(file)}')");
            return database;
        }
        catch (DuckDBException damaged)
        {
            database.Dispose();
            throw new InvalidDataException($"The snapshot {file} cannot be read ({damaged.Message}). Trigger a new run with \"force\": true.", damaged);
        }
    }

    private static string Quoted(string path) => path.Replace("'", "''", StringComparison.Ordinal);
}
