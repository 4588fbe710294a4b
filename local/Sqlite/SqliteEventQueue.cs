using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Local.Sqlite;

/// <summary>The durable queue in one SQLite file: at least once, with leases; a published batch survives kill -9
/// and loss of power.</summary>
/// <remarks>A message's <c>attempts</c> is 0 while it lies in the log of fresh messages, which is read in order and leased in runs without
/// touching the messages; once it left the log, because it was given back, failed or its process died, it is 1 + the deliveries that count
/// against it. Only one queue may have the file open.</remarks>
public sealed class SqliteEventQueue : IEventQueue, IDisposable
{
    /// <summary>The tables that the queue needs.</summary>
    public const string Schema =
        """
        CREATE TABLE IF NOT EXISTS queue (
          id INTEGER PRIMARY KEY AUTOINCREMENT, data BLOB NOT NULL, attributes TEXT NOT NULL, published_at INTEGER NOT NULL,
          visible_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0);
        DROP INDEX IF EXISTS queue_visible;
        CREATE INDEX IF NOT EXISTS queue_delayed ON queue (visible_at) WHERE attempts > 0;
        CREATE TABLE IF NOT EXISTS leased (id INTEGER PRIMARY KEY, first_id INTEGER NOT NULL, last_id INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS parked (
          message_id TEXT PRIMARY KEY, data BLOB NOT NULL, attributes TEXT NOT NULL, reason TEXT NOT NULL, parked_at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS parked_seen (message_id TEXT PRIMARY KEY, seen_at INTEGER NOT NULL);
        """;

    /// <summary>Gives back what a process that died had leased, and counts the delivery; only for a file that
    /// nobody else has open.</summary>
    public const string ForgetLeases =
        """
        UPDATE queue SET attempts = 2 WHERE attempts = 0 AND EXISTS (SELECT 1 FROM leased WHERE queue.id BETWEEN first_id AND last_id);
        UPDATE queue SET visible_at = published_at WHERE attempts > 0;
        DELETE FROM leased;
        """;

    private const long MaxBytesWaiting = 64 * 1024 * 1024;
    private const int CallsPerTransaction = 64;

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;
    private readonly QueuePolicy _policy;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly List<FreshLease> _fresh = [];
    private readonly GroupCommit<IReadOnlyList<QueueMessage>, bool> _publishing;
    private long _cursor;
    private long _nextLease;
    private long _waiting;
    private long _nextSweep;

    /// <summary>Uses a file, with the default policy.</summary>
    /// <param name="database">A file made with <see cref="Schema"/>, durable.</param>
    /// <param name="clock">Counts leases and delays.</param>
    public SqliteEventQueue(SqliteDatabase database, TimeProvider clock)
        : this(database, clock, new QueuePolicy())
    {
    }

    /// <summary>Uses a file.</summary>
    /// <param name="database">A file made with <see cref="Schema"/>, durable.</param>
    /// <param name="clock">Counts leases and delays.</param>
    /// <param name="policy">How often a message is tried.</param>
    public SqliteEventQueue(SqliteDatabase database, TimeProvider clock, QueuePolicy policy)
    {
        _database = database;
        _clock = clock;
        _policy = policy;
        _publishing = new("The event queue", MaxBytesWaiting, CallsPerTransaction, InsertAsync);
        _waiting = CountWaiting();
    }

    /// <inheritdoc/>
    public Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        long waiting = Volatile.Read(ref _waiting);
        return waiting > _policy.MaxWaiting
            ? throw new StoreUnavailableException(
                $"{waiting:N0} events wait to be ingested, more than the {_policy.MaxWaiting:N0} that may. See in the log why the worker "
                + "does not keep up.", TimeSpan.FromSeconds(10), null)
            : _publishing.WriteAsync(messages, messages.Sum(message => (long)message.Data.Length), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            long now = Now();
            await ExpireAsync(now, cancellationToken);
            await SweepAsync(now, cancellationToken);
            List<LeasedMessage> leased = await LeaseDelayedAsync(limit, now, now + (long)lease.TotalMicroseconds, cancellationToken);
            return leased.Count == limit ? leased : await LeaseFreshAsync(leased, limit, now + (long)lease.TotalMicroseconds, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken) =>
        ChangeAsync(session => LeaseId.Runs(LeaseId.ParseAll(leaseIds)).Sum(run => QueueRows.Delete(session, run)), cancellationToken);

    /// <inheritdoc/>
    public Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken)
    {
        long visible = Now() + (long)delay.TotalMicroseconds;
        return ChangeAsync(
            session =>
            {
                foreach ((long First, long Last, int Attempt) run in LeaseId.Runs(LeaseId.ParseAll(leaseIds)))
                {
                    QueueRows.Delay(session, run, run.Attempt, visible);
                }

                return 0;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task RetryAsync(IReadOnlyCollection<FailedDelivery> failures, CancellationToken cancellationToken)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        return ChangeAsync(session => failures.Sum(failure => Retry(session, failure, now)), cancellationToken);
    }

    /// <inheritdoc/>
    public Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken) =>
        _database.WriteAsync(session => { messages.ToList().ForEach(message => QueueRows.Park(session, message)); }, cancellationToken);

    /// <inheritdoc/>
    public async Task<int> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            (int waiting, int parked, bool inHands) = await _database.WriteAsync(session => QueueErasure.Erase(session, user, Now()), cancellationToken);
            Interlocked.Add(ref _waiting, -waiting);
            return inHands
                ? throw new ErasureDeferredException("Acts of the shopper are being ingested; all else is erased. Erase again in 10 seconds.", TimeSpan.FromSeconds(10), null)
                : waiting + parked;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The parked messages, oldest first.</summary>
    public IReadOnlyList<ParkedMessage> ReadParked(int limit) => _database.Read(session => QueueRows.ReadParked(session, limit));

    /// <summary>How many messages wait or are leased.</summary>
    public long CountWaiting() => _database.Read(QueueRows.Count);

    /// <summary>Puts parked messages back, as if they had just been published.</summary>
    /// <param name="messageIds">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up before anything was done.</param>
    /// <returns>How many were put back; none when one of those named is not parked.</returns>
    public async Task<ParkedChange> UnparkAsync(IReadOnlyCollection<string>? messageIds, CancellationToken cancellationToken)
    {
        ParkedChange change = await ChangeParkedAsync(messageIds, session => QueueRows.Unpark(session, messageIds, Now()), cancellationToken);
        Interlocked.Add(ref _waiting, change.Count);
        return change;
    }

    /// <summary>Throws parked messages away, for good.</summary>
    /// <param name="messageIds">Which; null for all.</param>
    /// <param name="cancellationToken">Gives up before anything was done.</param>
    /// <returns>How many were thrown away; none when one of those named is not parked.</returns>
    public Task<ParkedChange> DropAsync(IReadOnlyCollection<string>? messageIds, CancellationToken cancellationToken) =>
        ChangeParkedAsync(messageIds, session => QueueRows.Drop(session, messageIds), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _publishing.Dispose();
        _turn.Dispose();
    }

    private Task<ParkedChange> ChangeParkedAsync(IReadOnlyCollection<string>? messageIds, Func<SqliteSession, int> change, CancellationToken cancellationToken) =>
        _database.WriteAsync(
            session =>
            {
                IReadOnlyList<string> unknown = messageIds is null ? [] : QueueRows.NotParked(session, messageIds);
                return new ParkedChange(unknown.Count == 0 ? change(session) : 0, unknown);
            },
            cancellationToken);

    private async Task<IReadOnlyList<bool>> InsertAsync(IReadOnlyList<IReadOnlyList<QueueMessage>> batches, CancellationToken cancellationToken)
    {
        long now = Now();
        int count = await _database.WriteAsync(session => batches.Sum(messages => QueueRows.Insert(session, messages, now)), cancellationToken);
        Interlocked.Add(ref _waiting, count);
        return [.. batches.Select(_ => true)];
    }

    /// <summary>Messages whose first lease ran out join those that come again; the delivery counts.</summary>
    private async Task ExpireAsync(long now, CancellationToken cancellationToken)
    {
        FreshLease[] expired = [.. _fresh.Where(lease => lease.Until <= now)];
        foreach (FreshLease lease in expired)
        {
            await _database.WriteAsync(
                session =>
                {
                    QueueRows.Delay(session, (lease.First, lease.Last, 1), 2, now);
                    return QueueRows.EndLease(session, lease);
                },
                Durability.Process, cancellationToken);
            _fresh.Remove(lease);
        }
    }

    /// <summary>Once an hour, what has been parked for too long goes.</summary>
    private async Task SweepAsync(long now, CancellationToken cancellationToken)
    {
        if (now >= _nextSweep)
        {
            await _database.WriteAsync(session => QueueRows.Sweep(session, now, _policy.ParkedFor), Durability.Process, cancellationToken);
            _nextSweep = now + (long)TimeSpan.FromHours(1).TotalMicroseconds;
        }
    }

    private async Task<List<LeasedMessage>> LeaseDelayedAsync(int limit, long now, long until, CancellationToken cancellationToken)
    {
        if (!_database.Read(session => QueueRows.AnyDelayed(session, now)))
        {
            return [];
        }

        (List<LeasedMessage> leased, int parked) = await _database.WriteAsync(
            session => ParkExhausted(session, QueueRows.LeaseDelayed(session, limit, now, until)), Durability.Process, cancellationToken);
        Interlocked.Add(ref _waiting, -parked);
        return leased;
    }

    /// <summary>What was delivered too often without an answer, because its process died or its lease ran out each time,
    /// is parked instead of delivered.</summary>
    private (List<LeasedMessage> Leased, int Parked) ParkExhausted(SqliteSession session, List<LeasedMessage> leased)
    {
        List<LeasedMessage> exhausted = leased.FindAll(message => message.DeliveryAttempt > _policy.MaxDeliveries);
        foreach (LeasedMessage message in exhausted)
        {
            string reason = $"It was delivered {_policy.MaxDeliveries} times, and each time its process died or its lease ran out.";
            QueueRows.Park(session, new ParkedMessage(message.MessageId, message.Data, message.Attributes, reason, _clock.GetUtcNow()));
            LeaseId lease = LeaseId.Parse(message.LeaseId)!.Value;
            QueueRows.Delete(session, (lease.Message, lease.Message, lease.Attempt));
        }

        return (exhausted.Count == 0 ? leased : leased.FindAll(message => message.DeliveryAttempt <= _policy.MaxDeliveries), exhausted.Count);
    }

    private async Task<IReadOnlyList<LeasedMessage>> LeaseFreshAsync(List<LeasedMessage> leased, int limit, long until, CancellationToken cancellationToken)
    {
        (List<LeasedMessage> fresh, long first, long last) = _database.Read(session => QueueRows.ReadFresh(session, _cursor, limit - leased.Count));
        if (fresh.Count == 0)
        {
            return leased;
        }

        FreshLease lease = new(++_nextLease, first, last, until);
        await _database.WriteAsync(session => QueueRows.BeginLease(session, lease), Durability.Process, cancellationToken);
        _fresh.Add(lease);
        _cursor = last;
        return leased.Count == 0 ? fresh : [.. leased, .. fresh];
    }

    private async Task ChangeAsync(Func<SqliteSession, int> change, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            (int gone, FreshLease[] ended) = await _database.WriteAsync(
                session =>
                {
                    int removed = change(session);
                    FreshLease[] done = [.. _fresh.Where(lease => QueueRows.IsDone(session, lease))];
                    Array.ForEach(done, lease => QueueRows.EndLease(session, lease));
                    return (removed, done);
                },
                Durability.Process, cancellationToken);
            Interlocked.Add(ref _waiting, -gone);
            _fresh.RemoveAll(ended.Contains);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <returns>1 when the message left the queue.</returns>
    private int Retry(SqliteSession session, FailedDelivery failure, DateTimeOffset now)
    {
        if (LeaseId.Parse(failure.LeaseId) is not { } lease)
        {
            return 0;
        }

        (long, long, int) run = (lease.Message, lease.Message, lease.Attempt);
        if (lease.Attempt >= _policy.MaxDeliveries)
        {
            return QueueRows.ParkFailed(session, lease, $"Delivery {lease.Attempt} of {_policy.MaxDeliveries} failed: {failure.Reason}", now);
        }

        TimeSpan delay = _policy.DelayAfter($"{lease.Message}", lease.Attempt);
        QueueRows.Delay(session, run, lease.Attempt + 1, SqliteTime.ToMicros(now + delay));
        return 0;
    }

    private long Now() => SqliteTime.ToMicros(_clock.GetUtcNow());
}
