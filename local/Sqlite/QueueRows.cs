using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Aisle.Ports;
using Microsoft.Data.Sqlite;

namespace Aisle.Local.Sqlite;

/// <summary>The statements of the queue, each within its caller's transaction.</summary>
internal static class QueueRows
{
    /// <summary>A delivery's message, unless it has been delivered anew since: a first delivery may still lie in the log.</summary>
    private const string Delivered = "id BETWEEN $first AND $last AND (attempts = $attempt + 1 OR ($attempt = 1 AND attempts = 0))";

    private const string Columns = "id, data, attributes, attempts";

    public static int Insert(SqliteSession session, IReadOnlyList<QueueMessage> messages, long now)
    {
        IReadOnlyDictionary<string, string>? attributes = null;
        string text = "";
        foreach (QueueMessage message in messages)
        {
            if (!ReferenceEquals(attributes, message.Attributes))
            {
                attributes = message.Attributes;
                text = Text(attributes);
            }

            session.Execute(
                "INSERT INTO queue (data, attributes, published_at, visible_at) VALUES ($data, $attributes, $now, $now)",
                ("$data", Bytes(message.Data)), ("$attributes", text), ("$now", now));
        }

        return messages.Count;
    }

    public static bool AnyDelayed(SqliteSession session, long now)
    {
        using SqliteDataReader reader = session.Query("SELECT 1 FROM queue WHERE attempts > 0 AND visible_at <= $now LIMIT 1", ("$now", now));
        return reader.Read();
    }

    /// <summary>Leases what comes again. The number of a delivery is the count before it, since that began with 1.</summary>
    public static List<LeasedMessage> LeaseDelayed(SqliteSession session, int limit, long now, long until)
    {
        using SqliteDataReader reader = session.Query(
            "UPDATE queue SET visible_at = $until, attempts = attempts + 1 WHERE id IN " +
            $"(SELECT id FROM queue WHERE attempts > 0 AND visible_at <= $now ORDER BY visible_at LIMIT $limit) RETURNING {Columns}",
            ("$until", until), ("$now", now), ("$limit", limit));
        List<LeasedMessage> leased = Read(reader, attempts => attempts - 1);
        leased.Sort(static (a, b) => Id(a).CompareTo(Id(b))); // rows come back in no order, and of two copies of an event the first is to be written
        return leased;
    }

    public static (List<LeasedMessage> Fresh, long First, long Last) ReadFresh(SqliteSession session, long after, int limit)
    {
        using SqliteDataReader reader = session.Query(
            $"SELECT {Columns} FROM queue WHERE id > $after AND attempts = 0 ORDER BY id LIMIT $limit", ("$after", after), ("$limit", limit));
        List<LeasedMessage> fresh = Read(reader, _ => 1);
        return fresh.Count == 0 ? (fresh, 0, 0) : (fresh, Id(fresh[0]), Id(fresh[^1]));
    }

    public static int BeginLease(SqliteSession session, FreshLease lease) => session.Execute(
        "INSERT INTO leased (id, first_id, last_id) VALUES ($id, $first, $last)", ("$id", lease.Id), ("$first", lease.First), ("$last", lease.Last));

    public static int EndLease(SqliteSession session, FreshLease lease) => session.Execute("DELETE FROM leased WHERE id = $id", ("$id", lease.Id));

    /// <summary>Whether nothing of the run is in anybody's hands for the first time any more.</summary>
    public static bool IsDone(SqliteSession session, FreshLease lease)
    {
        using SqliteDataReader reader = session.Query(
            "SELECT 1 FROM queue WHERE id BETWEEN $first AND $last AND attempts = 0 LIMIT 1", ("$first", lease.First), ("$last", lease.Last));
        return !reader.Read();
    }

    public static int Delete(SqliteSession session, (long First, long Last, int Attempt) run) => session.Execute(
        $"DELETE FROM queue WHERE {Delivered}", ("$first", run.First), ("$last", run.Last), ("$attempt", run.Attempt));

    /// <summary>Lets deliveries come again at an instant.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="run">The deliveries.</param>
    /// <param name="attempts">1 + the deliveries that count.</param>
    /// <param name="visibleAt">When, microseconds.</param>
    public static int Delay(SqliteSession session, (long First, long Last, int Attempt) run, int attempts, long visibleAt) => session.Execute(
        $"UPDATE queue SET attempts = $attempts, visible_at = $visible WHERE {Delivered}",
        ("$attempts", attempts), ("$visible", visibleAt), ("$first", run.First), ("$last", run.Last), ("$attempt", run.Attempt));

    public static void Park(SqliteSession session, ParkedMessage message) => session.Execute(
        "INSERT OR IGNORE INTO parked (message_id, data, attributes, reason, parked_at) VALUES ($id, $data, $attributes, $reason, $at)",
        ("$id", message.MessageId), ("$data", Bytes(message.Data)), ("$attributes", Text(message.Attributes)),
        ("$reason", message.Reason), ("$at", SqliteTime.ToMicros(message.ParkedAt)));

    /// <summary>Moves a delivery's message to the parked ones.</summary>
    /// <returns>1, or 0 when it has been delivered anew since.</returns>
    public static int ParkFailed(SqliteSession session, LeaseId lease, string reason, DateTimeOffset now)
    {
        session.Execute(
            $"INSERT OR IGNORE INTO parked (message_id, data, attributes, reason, parked_at) SELECT CAST(id AS TEXT), data, attributes, "
            + $"$reason, $at FROM queue WHERE {Delivered}",
            ("$reason", reason), ("$at", SqliteTime.ToMicros(now)), ("$first", lease.Message), ("$last", lease.Message), ("$attempt", lease.Attempt));
        return Delete(session, (lease.Message, lease.Message, lease.Attempt));
    }

    public static IReadOnlyList<ParkedMessage> ReadParked(SqliteSession session, int limit)
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
    }

    /// <summary>Those of the ids under which nothing is parked.</summary>
    public static IReadOnlyList<string> NotParked(SqliteSession session, IReadOnlyCollection<string> messageIds) => [.. messageIds.Distinct().Where(id =>
    {
        using SqliteDataReader reader = session.Query("SELECT 1 FROM parked WHERE message_id = $id", ("$id", id));
        return !reader.Read();
    })];

    public static int Unpark(SqliteSession session, IReadOnlyCollection<string>? messageIds, long now) => ForEach(messageIds, id =>
    {
        session.Execute(
            $"INSERT INTO queue (data, attributes, published_at, visible_at) SELECT data, attributes, $now, $now FROM parked WHERE {Chosen} ORDER BY parked_at",
            ("$now", now), ("$id", id));
        return session.Execute($"DELETE FROM parked WHERE {Chosen}", ("$id", id));
    });

    public static int Drop(SqliteSession session, IReadOnlyCollection<string>? messageIds) =>
        ForEach(messageIds, id => session.Execute($"DELETE FROM parked WHERE {Chosen}", ("$id", id)));

    /// <summary>Drops what has been parked for too long. Age counts from the first sweep that saw a message, for
    /// <c>parked_at</c> may be of a shop's past.</summary>
    public static int Sweep(SqliteSession session, long now, TimeSpan keep)
    {
        session.Execute("INSERT OR IGNORE INTO parked_seen (message_id, seen_at) SELECT message_id, $now FROM parked", ("$now", now));
        int dropped = session.Execute(
            "DELETE FROM parked WHERE message_id IN (SELECT message_id FROM parked_seen WHERE seen_at < $before)", ("$before", now - (long)keep.TotalMicroseconds));
        session.Execute("DELETE FROM parked_seen WHERE message_id NOT IN (SELECT message_id FROM parked)");
        return dropped;
    }

    public static long Count(SqliteSession session)
    {
        using SqliteDataReader reader = session.Query("SELECT COUNT(*) FROM queue");
        reader.Read();
        return reader.GetInt64(0);
    }

    private const string Chosen = "($id IS NULL OR message_id = $id)";

    private static int ForEach(IReadOnlyCollection<string>? ids, Func<string?, int> change) => ids is null ? change(null) : ids.Sum(change);

    private static List<LeasedMessage> Read(SqliteDataReader reader, Func<int, int> attemptOf)
    {
        List<LeasedMessage> leased = [];
        string? text = null;
        Dictionary<string, string> attributes = [];
        while (reader.Read())
        {
            LeaseId lease = new(reader.GetInt64(0), attemptOf(reader.GetInt32(3)));
            string stored = reader.GetString(2);
            if (stored != text)
            {
                text = stored;
                attributes = Attributes(stored);
            }

            leased.Add(new LeasedMessage(
                lease.ToString(), lease.Message.ToString(CultureInfo.InvariantCulture), reader.GetFieldValue<byte[]>(1), attributes, lease.Attempt));
        }

        return leased;
    }

    private static long Id(LeasedMessage message) => LeaseId.Parse(message.LeaseId)!.Value.Message;

    private static byte[] Bytes(ReadOnlyMemory<byte> data) =>
        MemoryMarshal.TryGetArray(data, out ArraySegment<byte> segment) && segment.Array is { } array && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : data.ToArray();

    private static string Text(IReadOnlyDictionary<string, string> attributes) =>
        attributes.Count == 0 ? "" : JsonSerializer.Serialize(new Dictionary<string, string>(attributes), StateJson.Default.DictionaryStringString);

    private static Dictionary<string, string> Attributes(string text) =>
        text.Length == 0 ? [] : JsonSerializer.Deserialize(text, StateJson.Default.DictionaryStringString)!;
}
