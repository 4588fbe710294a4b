using Aisle.Events;
using Aisle.Ports;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>Appends batches, several callers' in one transaction, and keeps one event under each id: the copy that
/// <see cref="EventCopies"/> puts first, whatever was delivered when.</summary>
internal sealed class DuckDbEventAppender : IDisposable
{
    private const long MaxBytesWaiting = 256 * 1024 * 1024;
    private const int BytesPerEvent = 500;
    private const int CallsPerTransaction = 256;

    /// <summary>The collector accepts events of 72 hours, so two copies that are accepted within 72 hours of each other lie at most 144
    /// hours apart, whatever their event times.</summary>
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
            SetIncoming(connection, all);
            Dictionary<EventId, InteractionEvent> known = ReadKnown(connection, all.Min(e => e.OccurredAt) - Horizon, all.Max(e => e.OccurredAt) + Horizon);
            Dictionary<EventId, InteractionEvent> written = Chosen(all, known);
            DuckDbWithdrawals.Withdraw(connection, [.. written.Values.Where(e => known.ContainsKey(e.Id)).Select(e => (known[e.Id], e))]);
            DuckDbEventRows.Append(connection, written.Values);
            IReadOnlyList<RestatedHistory>? restated = DuckDbWithdrawals.Restated(connection);
            HashSet<EventId> counted = [.. known.Keys];
            return [.. batches.Select(batch => Outcome(batch, known, written, counted) with { Restated = restated })];
        },
        cancellationToken);

    private static void SetIncoming(DuckDBConnection connection, InteractionEvent[] events)
    {
        // Anew each time: the engine keeps what is deleted from a temporary table in memory for as long as the connection is open.
        DuckDbDatabase.Run(connection, "CREATE OR REPLACE TEMP TABLE incoming_ids (event_id VARCHAR)");
        using DuckDBAppender appender = connection.CreateAppender(null, "incoming_ids");
        foreach (InteractionEvent e in events)
        {
            appender.CreateRow().AppendValue(e.Id.Value).EndRow();
        }
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

    /// <summary>What is to be written, each id once: of several copies the first, unless the history has it or one before it.</summary>
    private static Dictionary<EventId, InteractionEvent> Chosen(InteractionEvent[] events, Dictionary<EventId, InteractionEvent> known)
    {
        Dictionary<EventId, InteractionEvent> chosen = new(events.Length);
        foreach (InteractionEvent e in events)
        {
            InteractionEvent? present = chosen.GetValueOrDefault(e.Id) ?? known.GetValueOrDefault(e.Id);
            if (present is null || EventCopies.Precedes(e, present))
            {
                chosen[e.Id] = e;
            }
        }

        return chosen;
    }

    private static AppendOutcome Outcome(
        IReadOnlyList<InteractionEvent> batch, Dictionary<EventId, InteractionEvent> known, Dictionary<EventId, InteractionEvent> written, HashSet<EventId> counted)
    {
        Dictionary<EventId, InteractionEvent> kept = [];
        int duplicates = 0;
        foreach (InteractionEvent e in batch)
        {
            InteractionEvent present = written.GetValueOrDefault(e.Id) ?? known[e.Id];
            bool isNew = counted.Add(e.Id);
            duplicates += isNew ? 0 : 1;
            if (!isNew || !ReferenceEquals(present, e))
            {
                kept[e.Id] = present;
            }
        }

        return new AppendOutcome(batch.Count, duplicates, kept);
    }
}
