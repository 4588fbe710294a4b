using System.Text;
using Aisle.Events;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>Finds a person's messages by the pseudonym in their bytes: the queue is short and erasures are rare, so
/// that no column names the person.</summary>
internal static class QueueErasure
{
    private const string Named = "instr(data, $user) > 0";

    /// <summary>Whether a message may be in somebody's hands: one that comes later cannot be told from one that is leased again.</summary>
    private const string InHands = "(attempts > 0 AND visible_at > $now) OR EXISTS (SELECT 1 FROM leased WHERE queue.id BETWEEN first_id AND last_id)";

    /// <summary>Removes them within the caller's transaction.</summary>
    /// <returns>How many waited, how many were parked, and whether one may be in somebody's hands.</returns>
    public static (int Waiting, int Parked, bool InHands) Erase(SqliteSession session, UserId user, long now)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(user.Value);
        bool inHands;
        using (SqliteDataReader reader = session.Query($"SELECT 1 FROM queue WHERE {Named} AND ({InHands}) LIMIT 1", ("$user", bytes), ("$now", now)))
        {
            inHands = reader.Read();
        }

        int waiting = session.Execute($"DELETE FROM queue WHERE {Named}", ("$user", bytes));
        return (waiting, session.Execute($"DELETE FROM parked WHERE {Named}", ("$user", bytes)), inHands);
    }
}
