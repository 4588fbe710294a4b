using System.Data.Common;
using System.Runtime.CompilerServices;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;
using DuckDB.NET.Data;

namespace Aisle.Local.DuckDb;

/// <summary>The history in one DuckDB file. Batches that come at once share a transaction; under an event id that came within 72 h there is
/// one event, the copy that was accepted first.</summary>
/// <param name="database">The file.</param>
public sealed class DuckDbEventWarehouse(DuckDbDatabase database) : IEventWarehouse, IDisposable
{
    private readonly DuckDbEventAppender _appender = new(database);

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        return events.Count == 0 ? Task.FromResult(new AppendOutcome(0, 0)) : _appender.AppendAsync(events, cancellationToken);
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
                ["withdrawn_events"] = Delete(connection, "withdrawn_events WHERE user_id = $user", user),
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

    /// <inheritdoc/>
    public void Dispose() => _appender.Dispose();
}
