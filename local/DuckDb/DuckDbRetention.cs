using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Takes rows out of the warehouse whose time is over, some at a time, so that ingestion need not wait
/// long for its turn.</summary>
/// <param name="database">The file.</param>
internal sealed class DuckDbRetention(DuckDbDatabase database)
{
    /// <summary>The tables that hold what people did or were shown, and when that was.</summary>
    public static IReadOnlyList<(string Table, string Time)> Tables { get; } =
    [
        ("interaction_events", "event_timestamp"), ("withdrawn_events", "event_timestamp"), ("slate_items", "served_at"), ("slates", "served_at"), ("exposures", "exposed_at"),
    ];

    /// <summary>How many rows of a table are older than an instant.</summary>
    public long Count(string table, string time, DateTimeOffset before)
    {
        using DuckDBConnection connection = database.Open();
        using DuckDBCommand command = Statement(connection, $"SELECT COUNT(*) FROM {table} WHERE {time} < $before", before);
        return Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Removes rows of a table that are older than an instant, each batch in a transaction of its own.</summary>
    /// <param name="table">One of <see cref="Tables"/>.</param>
    /// <param name="time">Its time.</param>
    /// <param name="before">The instant.</param>
    /// <param name="atOnce">How many rows a batch has, positive.</param>
    /// <param name="cancellationToken">Heeded between batches.</param>
    /// <returns>How many were removed.</returns>
    public async Task<long> RemoveAsync(string table, string time, DateTimeOffset before, int atOnce, CancellationToken cancellationToken)
    {
        string delete = $"DELETE FROM {table} WHERE rowid IN (SELECT rowid FROM {table} WHERE {time} < $before LIMIT {atOnce})";
        long removed = 0;
        int batch;
        do
        {
            batch = await database.WriteAsync(
                connection =>
                {
                    using DuckDBCommand command = Statement(connection, delete, before);
                    return command.ExecuteNonQuery();
                },
                cancellationToken);
            removed += batch;
        }
        while (batch == atOnce);

        return removed;
    }

    private static DuckDBCommand Statement(DuckDBConnection connection, string sql, DateTimeOffset before)
    {
        DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.Add(new DuckDBParameter("before", before.ToUniversalTime()));
        return command;
    }
}
