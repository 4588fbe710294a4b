using System.Data.Common;
using System.Runtime.CompilerServices;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>The history in one DuckDB file. Each batch is one transaction; an event id that is known within 72 h of the event's time is not written again.</summary>
/// <param name="database">The file.</param>
public sealed class DuckDbEventWarehouse(DuckDbDatabase database) : IEventWarehouse
{
    private const string Merge =
        """
        INSERT INTO interaction_events
        SELECT * FROM incoming_events AS incoming
        WHERE NOT EXISTS (
          SELECT 1 FROM interaction_events AS known
          WHERE known.event_id = incoming.event_id
            AND known.event_timestamp >= (SELECT MIN(event_timestamp) FROM incoming_events) - INTERVAL 72 HOUR
            AND known.event_timestamp <= (SELECT MAX(event_timestamp) FROM incoming_events) + INTERVAL 72 HOUR)
        QUALIFY ROW_NUMBER() OVER (PARTITION BY event_id ORDER BY ingested_at, event_timestamp) = 1
        """;

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return Task.FromResult(new AppendOutcome(0, 0));
        }

        return database.WriteAsync(
            connection =>
            {
                AppendIncoming(connection, events);
                int written = DuckDbDatabase.Run(connection, Merge);
                DuckDbDatabase.Run(connection, "DELETE FROM incoming_events");
                return new AppendOutcome(events.Count, events.Count - written);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<TRow> QueryAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        CheckParameters(query.Parameters, parameters);
        using DuckDBConnection connection = database.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = query.Sql.Replace('@', '$');
        command.UseStreamingMode = true;
        foreach ((string name, object value) in parameters)
        {
            command.Parameters.Add(new DuckDBParameter(name, value is DateTimeOffset instant ? instant.ToUniversalTime() : value));
        }

        using DbDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        DuckDbRow row = new(reader);
        while (await reader.ReadAsync(cancellationToken))
        {
            yield return query.Read(row);
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyDictionary<string, long>>(
            connection => new Dictionary<string, long>
            {
                ["interaction_events"] = Delete(connection, "interaction_events WHERE user_id = $user", user),
                ["slate_items"] = Delete(connection, "slate_items WHERE slate_id IN (SELECT slate_id FROM slates WHERE user_id = $user)", user),
                ["slates"] = Delete(connection, "slates WHERE user_id = $user", user),
                ["exposures"] = Delete(connection, "exposures WHERE user_id = $user", user),
            },
            cancellationToken);

    private static long Delete(DuckDBConnection connection, string rows, UserId user)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"DELETE FROM {rows}";
        command.Parameters.Add(new DuckDBParameter("user", user.Value));
        return command.ExecuteNonQuery();
    }

    private static void CheckParameters(IReadOnlyList<string> expected, IReadOnlyDictionary<string, object> given)
    {
        string[] wrong = [.. expected.Except(given.Keys).Concat(given.Keys.Except(expected))];
        if (wrong.Length > 0)
        {
            throw new ArgumentException($"Missing or superfluous query parameters: {string.Join(", ", wrong)}.", nameof(given));
        }
    }

    private static void AppendIncoming(DuckDBConnection connection, IReadOnlyList<InteractionEvent> events)
    {
        using DuckDBAppender appender = connection.CreateAppender("incoming_events");
        foreach (InteractionEvent e in events)
        {
            appender.CreateRow()
                .AppendValue(e.Id.Value)
                .AppendValue(e.User?.Value)
                .AppendValue(e.Assignment?.Value)
                .AppendValue(e.Type.WireName())
                .AppendValue(e.Product?.Value)
                .AppendValue(e.OccurredAt.ToUniversalTime())
                .AppendValue(e.IngestedAt.ToUniversalTime())
                .AppendValue(e.Session?.Value)
                .AppendValue(e.DeviceType)
                .AppendValue(e.PageType)
                .AppendValue((long?)e.PageLoadMs)
                .AppendValue((long?)e.PageDwellMs)
                .AppendValue((long?)e.Quantity)
                .AppendValue(e.UnitPriceMinor)
                .AppendValue(e.RevenueMinor)
                .AppendValue(e.Currency)
                .AppendValue(e.Order?.Value)
                .AppendValue(e.Slate?.Value)
                .AppendValue((long?)e.Position)
                .EndRow();
        }
    }
}
