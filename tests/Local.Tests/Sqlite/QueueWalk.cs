using System.Text;
using Aisle.Local.Sqlite;
using Aisle.Ports;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.Sqlite;

/// <summary>A queue that random things happen to, with a ledger of what must be where.</summary>
internal sealed class QueueWalk : IDisposable
{
    private readonly string _path;
    private readonly FakeTimeProvider _clock = new(Some.Instant);
    private readonly List<LeasedMessage> _leased = [];
    private readonly HashSet<string> _acknowledged = [];
    private SqliteDatabase _database;
    private SqliteEventQueue _queue;
    private int _published;

    public QueueWalk(string path)
    {
        _path = path;
        (_database, _queue) = Open();
    }

    public async Task StepAsync(int action, int count, CancellationToken cancellationToken)
    {
        LeasedMessage[] some = [.. _leased.Take(count)];
        string[] leases = [.. some.Select(message => message.LeaseId)];
        switch (action)
        {
            case 0:
                await _queue.PublishAsync([.. Enumerable.Range(0, count).Select(_ => Some.Message($"{_published++}"))], cancellationToken);
                break;
            case 1 or 2:
                _leased.AddRange(await _queue.LeaseAsync(count, TimeSpan.FromSeconds(30), cancellationToken));
                break;
            case 3:
                await _queue.AcknowledgeAsync(leases, cancellationToken);
                _acknowledged.UnionWith(some.Select(Text));
                _leased.RemoveRange(0, some.Length);
                break;
            case 4:
                await _queue.RetryAsync([.. leases.Select(lease => new FailedDelivery(lease, "boom"))], cancellationToken);
                _leased.RemoveRange(0, some.Length);
                break;
            case 5:
                await _queue.ReleaseAsync(leases, TimeSpan.FromSeconds(count), cancellationToken);
                _leased.RemoveRange(0, some.Length);
                break;
            default:
                Die();
                break;
        }

        _clock.Advance(TimeSpan.FromSeconds(1));
    }

    /// <summary>Waits out every lease and delay, drains, and compares.</summary>
    public void AssertNothingIsLost()
    {
        Die();
        HashSet<string> found = [.. _queue.ReadParked(10_000).Select(parked => Encoding.UTF8.GetString(parked.Data.Span))];
        long waiting = _queue.CountWaiting();
        Task<IReadOnlyList<LeasedMessage>> rest = _queue.LeaseAsync(10_000, TimeSpan.FromSeconds(30), CancellationToken.None);
        IReadOnlyList<LeasedMessage> leased = rest.GetAwaiter().GetResult();
        found.UnionWith(_queue.ReadParked(10_000).Select(parked => Encoding.UTF8.GetString(parked.Data.Span)));
        Assert.Equal(leased.Count, leased.Select(Text).Distinct().Count());
        Assert.True(leased.Count <= waiting);
        Assert.Empty(leased.Select(Text).Intersect(found));
        found.UnionWith(leased.Select(Text));

        // An acknowledgement of a lease that had run out meanwhile does not count: the message comes again. The
        // other way round nothing may be missing.
        Assert.Equal(Enumerable.Range(0, _published).Select(i => $"{i}").Order(), found.Union(_acknowledged).Order());
    }

    public void Dispose()
    {
        _queue.Dispose();
        _database.Dispose();
    }

    private static string Text(LeasedMessage message) => Encoding.UTF8.GetString(message.Data.Span);

    private void Die()
    {
        Dispose();
        (_database, _queue) = Open();
        _leased.Clear();
    }

    private (SqliteDatabase, SqliteEventQueue) Open()
    {
        SqliteDatabase database = new(_path, isDurable: false, SqliteEventQueue.Schema + SqliteEventQueue.ForgetLeases);
        return (database, new SqliteEventQueue(database, _clock, new QueuePolicy { MaxDeliveries = 3 }));
    }
}
