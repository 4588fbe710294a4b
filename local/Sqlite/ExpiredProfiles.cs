using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Removes session features whose time is over, some at a time. A document that an event renews meanwhile stays.</summary>
/// <param name="database">A file with <see cref="SqliteProfileStore.Schema"/>.</param>
internal sealed class ExpiredProfiles(SqliteDatabase database)
{
    private const string LastOfPage = "SELECT user_id FROM profiles WHERE user_id > $after ORDER BY user_id LIMIT 1 OFFSET $skip";

    private const string Delete = "DELETE FROM profiles WHERE user_id > $after AND ($last IS NULL OR user_id <= $last) AND expires_at <= $due";

    /// <summary>How many documents expired by an instant.</summary>
    public long Count(DateTimeOffset due) => database.Read(session =>
    {
        using SqliteDataReader reader = session.Query("SELECT COUNT(*) FROM profiles WHERE expires_at <= $due", ("$due", SqliteTime.ToMicros(due)));
        return reader.Read() ? reader.GetInt64(0) : 0;
    });

    /// <summary>Removes the documents that expired by an instant.</summary>
    /// <param name="due">The instant.</param>
    /// <param name="atOnce">How many documents are looked at in one transaction, positive.</param>
    /// <param name="cancellationToken">Heeded between transactions.</param>
    /// <returns>How many were removed.</returns>
    public async Task<long> RemoveAsync(DateTimeOffset due, int atOnce, CancellationToken cancellationToken)
    {
        long removed = 0;
        for (string? after = ""; after is not null;)
        {
            string start = after;
            (int count, after) = await database.WriteAsync(session => RemovePage(session, start, due, atOnce), cancellationToken);
            removed += count;
        }

        return removed;
    }

    private static (int Removed, string? Last) RemovePage(SqliteSession session, string after, DateTimeOffset due, int atOnce)
    {
        string? last = null;
        using (SqliteDataReader reader = session.Query(LastOfPage, ("$after", after), ("$skip", atOnce - 1)))
        {
            last = reader.Read() ? reader.GetString(0) : null;
        }

        return (session.Execute(Delete, ("$after", after), ("$last", last), ("$due", SqliteTime.ToMicros(due))), last);
    }
}
