using System.Text;
using Aisle.Events;
using Aisle.Ports;

namespace Aisle.Testing.Fakes;

/// <summary>A queue in memory that obeys the contract.</summary>
public sealed class InMemoryEventQueue(TimeProvider clock) : IEventQueue
{
    public const int MaxDeliveries = 10;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Entry> _entries = [];
    private readonly Dictionary<string, ParkedMessage> _parked = [];
    private long _next;

    public IReadOnlyCollection<ParkedMessage> Parked
    {
        get { lock (_lock) { return [.. _parked.Values]; } }
    }

    public int Count
    {
        get { lock (_lock) { return _entries.Count; } }
    }

    public Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (QueueMessage message in messages)
            {
                _entries.Add(++_next, new Entry(message) { VisibleAt = clock.GetUtcNow() });
            }
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            DateTimeOffset now = clock.GetUtcNow();
            List<LeasedMessage> leased = [];
            foreach ((long id, Entry entry) in _entries.Where(pair => pair.Value.VisibleAt <= now).Take(limit))
            {
                entry.VisibleAt = now + lease;
                entry.Attempts++;
                leased.Add(new LeasedMessage(
                    $"{id}/{entry.Attempts}", $"{id}", entry.Message.Data, entry.Message.Attributes, entry.Attempts));
            }

            return Task.FromResult<IReadOnlyList<LeasedMessage>>(leased);
        }
    }

    public Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (string lease in leaseIds)
            {
                if (Find(lease) is { } found)
                {
                    _entries.Remove(found.Id);
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (string lease in leaseIds)
            {
                if (Find(lease) is { } found)
                {
                    found.Entry.VisibleAt = clock.GetUtcNow() + delay;
                    found.Entry.Attempts--;
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task RetryAsync(IReadOnlyCollection<FailedDelivery> failures, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (FailedDelivery failure in failures)
            {
                if (Find(failure.LeaseId) is not { } found)
                {
                    continue;
                }

                found.Entry.VisibleAt = clock.GetUtcNow() + (FirstDelay * Math.Pow(2, found.Entry.Attempts - 1));
                if (found.Entry.Attempts >= MaxDeliveries)
                {
                    _entries.Remove(found.Id);
                    _parked.TryAdd($"{found.Id}", new ParkedMessage(
                        $"{found.Id}", found.Entry.Message.Data, found.Entry.Message.Attributes, failure.Reason, clock.GetUtcNow()));
                }
            }
        }

        return Task.CompletedTask;
    }

    public Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            foreach (ParkedMessage message in messages)
            {
                _parked.TryAdd(message.MessageId, message);
            }
        }

        return Task.CompletedTask;
    }

    public Task<int> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(user.Value);
            KeyValuePair<long, Entry>[] waiting = [.. _entries.Where(pair => pair.Value.Message.Data.Span.IndexOf(bytes) >= 0)];
            string[] parked = [.. _parked.Values.Where(message => message.Data.Span.IndexOf(bytes) >= 0).Select(message => message.MessageId)];
            Array.ForEach(waiting, pair => _entries.Remove(pair.Key));
            Array.ForEach(parked, id => _parked.Remove(id));
            return waiting.Any(pair => pair.Value.VisibleAt > clock.GetUtcNow())
                ? throw new ErasureDeferredException("Some are in somebody's hands.", TimeSpan.FromSeconds(10), null)
                : Task.FromResult(waiting.Length + parked.Length);
        }
    }

    private (long Id, Entry Entry)? Find(string lease)
    {
        string[] parts = lease.Split('/');
        return parts.Length == 2 && long.TryParse(parts[0], out long id) && _entries.TryGetValue(id, out Entry? entry) && $"{entry.Attempts}" == parts[1]
            ? (id, entry)
            : null;
    }

    private sealed class Entry(QueueMessage message)
    {
        public QueueMessage Message { get; } = message;

        public DateTimeOffset VisibleAt { get; set; }

        public int Attempts { get; set; }
    }
}
