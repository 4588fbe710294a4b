using Aisle.Events;
using Aisle.Ports;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Takes events out of the history again when a copy that was accepted earlier is delivered later, and remembers it: whoever
/// follows the history may die before he has seen to it, and then the delivery that made it so comes again.</summary>
internal static class DuckDbWithdrawals
{
    /// <summary>The newest events that a document is made anew from; more has only a program that poses as a shopper.</summary>
    private const int MaxHistory = 100_000;

    /// <summary>No delivery that may still come again is as old.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>Takes known events out, within the caller's transaction.</summary>
    /// <param name="connection">The transaction.</param>
    /// <param name="replaced">What is known and what is to stand in its place.</param>
    public static void Withdraw(DuckDBConnection connection, IReadOnlyList<(InteractionEvent Known, InteractionEvent Instead)> replaced)
    {
        if (replaced.Count == 0)
        {
            return;
        }

        DateTimeOffset from = replaced.Min(pair => pair.Known.OccurredAt);
        DuckDbDatabase.Run(connection, "CREATE TEMP TABLE IF NOT EXISTS replaced_ids (event_id VARCHAR)");
        using (DuckDBAppender ids = connection.CreateAppender(null, "replaced_ids"))
        {
            foreach ((InteractionEvent known, _) in replaced)
            {
                ids.CreateRow().AppendValue(known.Id.Value).EndRow();
            }
        }

        Execute(
            connection, "DELETE FROM interaction_events WHERE event_timestamp BETWEEN $from AND $to AND event_id IN (SELECT event_id FROM replaced_ids)",
            ("from", from.ToUniversalTime()), ("to", replaced.Max(pair => pair.Known.OccurredAt).ToUniversalTime()));
        DuckDbDatabase.Run(connection, "DELETE FROM replaced_ids");
        Execute(connection, "DELETE FROM withdrawn_events WHERE event_timestamp < $before", ("before", (from - Remembered).ToUniversalTime()));
        Remember(connection, replaced.Where(pair => pair.Known.User is not null && !EventCopies.IsSameAct(pair.Known, pair.Instead)).Select(pair => pair.Known));
    }

    /// <summary>The shoppers from whose history something was taken out, now or before, under one of the ids in
    /// <c>incoming_ids</c>; null when there are none.</summary>
    public static IReadOnlyList<RestatedHistory>? Restated(DuckDBConnection connection)
    {
        Dictionary<UserId, HashSet<EventId>> withdrawn = [];
        using (DuckDBCommand command = connection.CreateCommand())
        {
            command.CommandText = "SELECT event_id, user_id FROM withdrawn_events WHERE event_id IN (SELECT event_id FROM incoming_ids)";
            using DuckDBDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                UserId user = new(reader.GetString(1));
                withdrawn.TryAdd(user, []);
                withdrawn[user].Add(new EventId(reader.GetString(0)));
            }
        }

        return withdrawn.Count == 0 ? null : [.. withdrawn.Select(shopper => new RestatedHistory(shopper.Key, shopper.Value, ReadHistory(connection, shopper.Key)))];
    }

    private static void Remember(DuckDBConnection connection, IEnumerable<InteractionEvent> withdrawn)
    {
        using DuckDBAppender appender = connection.CreateAppender("withdrawn_events");
        foreach (InteractionEvent e in withdrawn)
        {
            appender.CreateRow().AppendValue(e.Id.Value).AppendValue(e.User!.Value.Value).AppendValue(e.OccurredAt.ToUniversalTime()).EndRow();
        }
    }

    private static List<InteractionEvent> ReadHistory(DuckDBConnection connection, UserId user)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM interaction_events WHERE user_id = $user ORDER BY event_timestamp DESC LIMIT {MaxHistory}";
        command.Parameters.Add(new DuckDBParameter("user", user.Value));
        using DuckDBDataReader reader = command.ExecuteReader();
        DuckDbRow row = new(reader);
        List<InteractionEvent> history = [];
        while (reader.Read())
        {
            history.Add(DuckDbEventRows.Read(row));
        }

        return history;
    }

    private static void Execute(DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = sql;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(name, value));
        }

        command.ExecuteNonQuery();
    }
}
