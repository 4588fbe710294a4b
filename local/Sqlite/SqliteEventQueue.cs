using System.Text.Json;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>The durable queue in one SQLite file: at least once, with leases; a published batch survives kill -9 and loss of power.</summary>
/// <param name="database">A file made with <see cref="Schema"/>, durable.</param>
/// <param name="clock">Counts leases and delays.</param>
public sealed class SqliteEventQueue(SqliteDatabase database, TimeProvider clock) : IEventQueue
{
    /// <summary>The tables that the queue needs.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS queue (
          id INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL, attributes TEXT NOT NULL, published_at INTEGER NOT NULL,
          visible_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
        CREATE INDEX IF NOT EXISTS queue_visible ON queue (visible_at, id);
        CREATE TABLE IF NOT EXISTS parked (
          message_id TEXT PRIMARY KEY, data BLOB NOT NULL, attributes TEXT NOT NULL, reason TEXT NOT NULL, parked_at INTEGER NOT NULL);
        """;

    /// <summary>Gives back what a process that died had leased; only for a file that nobody else has open.</summary>
    public const string ForgetLeases = "UPDATE queue SET visible_at = published_at WHERE visible_at > published_at;";

    private const string Lease =
        "UPDATE queue SET visible_at = $until, attempts = attempts + 1 WHERE id IN " +
        "(SELECT id FROM queue WHERE visible_at <= $now ORDER BY visible_at, id LIMIT $limit) RETURNING id, data, attributes, published_at, attempts";

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        long now = Now();
        return database.WriteAsync(
            session =>
            {
                foreach (QueueMessage message in messages)
                {
                    session.Execute(
                        "INSERT INTO queue (data, attributes, published_at, visible_at) VALUES ($data, $attributes, $now, $now)",
                        ("$data", message.Data.ToArray()), ("$attributes", Text(message.Attributes)), ("$now", now));
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        long now = Now();
        bool isEmpty = database.Read(session =>
        {
            using SqliteDataReader reader = session.Query("SELECT 1 FROM queue WHERE visible_at <= $now LIMIT 1", ("$now", now));
            return !reader.Read();
        });
        return isEmpty
            ? []
            : await database.WriteAsync(session => ReadLeases(session, limit, now, now + (long)lease.TotalMicroseconds), cancellationToken);
    }

    /// <inheritdoc/>
    public Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach ((long id, long attempt) in Parse(leaseIds))
                {
                    session.Execute("DELETE FROM queue WHERE id = $id AND attempts = $attempt", ("$id", id), ("$attempt", attempt));
                }
            },
            cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken)
    {
        long visible = Now() + (long)delay.TotalMicroseconds;
        return database.WriteAsync(
            session =>
            {
                foreach ((long id, long attempt) in Parse(leaseIds))
                {
                    session.Execute(
                        "UPDATE queue SET visible_at = $visible WHERE id = $id AND attempts = $attempt",
                        ("$visible", visible), ("$id", id), ("$attempt", attempt));
                }
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                foreach (ParkedMessage message in messages)
                {
                    session.Execute(
                        "INSERT OR IGNORE INTO parked (message_id, data, attributes, reason, parked_at) VALUES ($id, $data, $attributes, $reason, $at)",
                        ("$id", message.MessageId), ("$data", message.Data.ToArray()), ("$attributes", Text(message.Attributes)),
                        ("$reason", message.Reason), ("$at", SqliteTime.ToMicros(message.ParkedAt)));
                }
            },
            cancellationToken);

    /// <summary>The parked messages, oldest first.</summary>
    public IReadOnlyList<ParkedMessage> ReadParked(int limit) => database.Read<IReadOnlyList<ParkedMessage>>(session =>
    {
        using SqliteDataReader reader = session.Query(
            "SELECT message_id, data, attributes, reason, parked_at FROM parked ORDER BY parked_at, message_id LIMIT $limit", ("$limit", limit));
        List<ParkedMessage> parked = [];
        while (reader.Read())
        {
            parked.Add(new ParkedMessage(
                reader.GetString(0), reader.GetFieldValue<byte[]>(1), Attributes(reader.GetString(2)), reader.GetString(3), SqliteTime.FromMicros(reader.GetInt64(4))));
        }

        return parked;
    });

    /// <summary>How many messages wait or are leased.</summary>
    public long CountWaiting() => database.Read(session =>
    {
        using SqliteDataReader reader = session.Query("SELECT COUNT(*) FROM queue");
        reader.Read();
        return reader.GetInt64(0);
    });

    private static List<LeasedMessage> ReadLeases(SqliteSession session, int limit, long now, long until)
    {
        List<LeasedMessage> leased = [];
        using SqliteDataReader reader = session.Query(Lease, ("$until", until), ("$now", now), ("$limit", limit));
        while (reader.Read())
        {
            string id = reader.GetString(0);
            int attempt = reader.GetInt32(4);
            leased.Add(new LeasedMessage(
                $"{id}/{attempt}", id, reader.GetFieldValue<byte[]>(1), Attributes(reader.GetString(2)), SqliteTime.FromMicros(reader.GetInt64(3)), attempt));
        }

        return leased;
    }

    private static IEnumerable<(long Id, long Attempt)> Parse(IEnumerable<string> leaseIds)
    {
        foreach (string lease in leaseIds)
        {
            string[] parts = lease.Split('/');
            if (parts.Length == 2 && long.TryParse(parts[0], out long id) && long.TryParse(parts[1], out long attempt))
            {
                yield return (id, attempt);
            }
        }
    }

    private static string Text(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Count == 0 ? "" : JsonSerializer.Serialize(new Dictionary<string, string>(attributes), StateJson.Default.DictionaryStringString);

    private static Dictionary<string, string> Attributes(string text) =>
        text.Length == 0 ? [] : JsonSerializer.Deserialize(text, StateJson.Default.DictionaryStringString)!;

    private long Now() => SqliteTime.ToMicros(clock.GetUtcNow());
}
