using Aisle.Events;
using Aisle.Ports;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Appends batches, several callers' in one transaction, and keeps one event under each id: the first that was written, and within a transaction the first that was accepted.</summary>
internal sealed class DuckDbEventAppender : IDisposable
{
    private const long MaxBytesWaiting = 256 * 1024 * 1024;
    private const int BytesPerEvent = 500;
    private const int CallsPerTransaction = 256;

    /// <summary>The collector accepts events of 72 hours, so two copies that are accepted within 72 hours of each other lie at most 144 hours apart, whatever their event times.</summary>
    private const string Known =
        """
        SELECT known.* FROM interaction_events AS known
        WHERE known.event_timestamp BETWEEN $from AND $to AND known.event_id IN (SELECT event_id FROM incoming_ids)
        """;

    private static readonly TimeSpan Horizon = TimeSpan.FromHours(145);

    private readonly DuckDbDatabase _database;
    private readonly GroupCommit<IReadOnlyList<InteractionEvent>, AppendOutcome> _appending;

    /// <summary>Appends to a file.</summary>
    public DuckDbEventAppender(DuckDbDatabase database)
    {
        _database = database;
        _appending = new("The warehouse", MaxBytesWaiting, CallsPerTransaction, WriteAsync);
    }

    /// <summary>Appends a batch; it is durable when the task completes.</summary>
    public Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken) =>
        _appending.WriteAsync(events, (long)events.Count * BytesPerEvent, cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _appending.Dispose();

    private Task<IReadOnlyList<AppendOutcome>> WriteAsync(
        IReadOnlyList<IReadOnlyList<InteractionEvent>> batches, CancellationToken cancellationToken) => _database.WriteAsync<IReadOnlyList<AppendOutcome>>(
        connection =>
        {
            InteractionEvent[] all = [.. batches.SelectMany(batch => batch)];
            Dictionary<EventId, InteractionEvent> known = FindKnown(connection, all);
            Dictionary<EventId, InteractionEvent> added = FirstOfEach(all, known);
            DuckDbEventRows.Append(connection, added.Values);
            HashSet<EventId> counted = [];
            return [.. batches.Select(batch => Outcome(batch, known, added, counted))];
        },
        cancellationToken);

    private static Dictionary<EventId, InteractionEvent> FindKnown(DuckDBConnection connection, InteractionEvent[] events)
    {
        DuckDbDatabase.Run(connection, "CREATE TEMP TABLE IF NOT EXISTS incoming_ids (event_id VARCHAR)");
        using (DuckDBAppender appender = connection.CreateAppender(null, "incoming_ids"))
        {
            foreach (InteractionEvent e in events)
            {
                appender.CreateRow().AppendValue(e.Id.Value).EndRow();
            }
        }

        Dictionary<EventId, InteractionEvent> known = ReadKnown(connection, events.Min(e => e.OccurredAt) - Horizon, events.Max(e => e.OccurredAt) + Horizon);
        DuckDbDatabase.Run(connection, "DELETE FROM incoming_ids");
        return known;
    }

    private static Dictionary<EventId, InteractionEvent> ReadKnown(DuckDBConnection connection, DateTimeOffset from, DateTimeOffset to)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = Known;
        command.Parameters.Add(new DuckDBParameter("from", from.ToUniversalTime()));
        command.Parameters.Add(new DuckDBParameter("to", to.ToUniversalTime()));
        using DuckDBDataReader reader = command.ExecuteReader();
        DuckDbRow row = new(reader);
        Dictionary<EventId, InteractionEvent> known = [];
        while (reader.Read())
        {
            InteractionEvent found = DuckDbEventRows.Read(row);
            known.TryAdd(found.Id, found);
        }

        return known;
    }

    /// <summary>What is new, each id once: of several copies the one that was accepted first.</summary>
    private static Dictionary<EventId, InteractionEvent> FirstOfEach(InteractionEvent[] events, Dictionary<EventId, InteractionEvent> known)
    {
        Dictionary<EventId, InteractionEvent> first = new(events.Length);
        foreach (InteractionEvent e in events)
        {
            if (!known.ContainsKey(e.Id) && (!first.TryGetValue(e.Id, out InteractionEvent? other) || IsEarlier(e, other)))
            {
                first[e.Id] = e;
            }
        }

        return first;
    }

    private static bool IsEarlier(InteractionEvent e, InteractionEvent other) =>
        (e.IngestedAt, e.OccurredAt).CompareTo((other.IngestedAt, other.OccurredAt)) < 0;

    private static AppendOutcome Outcome(
        IReadOnlyList<InteractionEvent> batch, Dictionary<EventId, InteractionEvent> known, Dictionary<EventId, InteractionEvent> added, HashSet<EventId> counted)
    {
        Dictionary<EventId, InteractionEvent> kept = [];
        int duplicates = 0;
        foreach (InteractionEvent e in batch)
        {
            InteractionEvent present = known.TryGetValue(e.Id, out InteractionEvent? before) ? before : added[e.Id];
            bool isFirst = before is null && counted.Add(e.Id);
            duplicates += isFirst ? 0 : 1;
            if (!isFirst || !ReferenceEquals(present, e))
            {
                kept[e.Id] = present;
            }
        }

        return new AppendOutcome(batch.Count, duplicates, kept);
    }
}
