using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Aisle.Events;
using Aisle.Events.Features;
using Aisle.Local.Sqlite;
using Aisle.Ports;
using Aisle.Sql;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Benchmarks.Ingest;

/// <summary>How long the ports were busy, by call, so that what bounds the path can be seen.</summary>
internal sealed class StageClock
{
    private readonly ConcurrentDictionary<string, TimeSpan> _busy = [];

    /// <summary>Puts itself between the function and its stores.</summary>
    public void Wrap(IServiceCollection services) => services
        .AddSingleton<IEventQueue>(provider => new Queue(provider.GetRequiredService<SqliteEventQueue>(), this))
        .AddSingleton<IEventWarehouse>(provider => new Warehouse(ActivatorUtilities.CreateInstance<Local.DuckDb.DuckDbEventWarehouse>(provider), this))
        .AddSingleton<IProfileStore>(provider => new Profiles(ActivatorUtilities.CreateInstance<SqliteProfileStore>(provider), this));

    /// <summary>Forgets what was measured.</summary>
    public void Reset() => _busy.Clear();

    /// <summary>Prints the seconds that each call took in sum; calls of several senders may overlap.</summary>
    public void Print()
    {
        foreach ((string call, TimeSpan busy) in _busy.OrderByDescending(pair => pair.Value))
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {call,-20} {busy.TotalSeconds,7:0.00} s"));
        }
    }

    private async Task<T> TimeAsync<T>(string call, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        T result = await work(cancellationToken);
        Add(call, started);
        return result;
    }

    private async Task TimeAsync(string call, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        long started = Stopwatch.GetTimestamp();
        await work(cancellationToken);
        Add(call, started);
    }

    private void Add(string call, long started) =>
        _busy.AddOrUpdate(call, Stopwatch.GetElapsedTime(started), (_, before) => before + Stopwatch.GetElapsedTime(started));

    private sealed class Queue(IEventQueue inner, StageClock clock) : IEventQueue
    {
        public Task PublishAsync(IReadOnlyList<QueueMessage> messages, CancellationToken cancellationToken) =>
            clock.TimeAsync("queue.publish", token => inner.PublishAsync(messages, token), cancellationToken);

        public Task<IReadOnlyList<LeasedMessage>> LeaseAsync(int limit, TimeSpan lease, CancellationToken cancellationToken) =>
            clock.TimeAsync("queue.lease", token => inner.LeaseAsync(limit, lease, token), cancellationToken);

        public Task AcknowledgeAsync(IReadOnlyCollection<string> leaseIds, CancellationToken cancellationToken) =>
            clock.TimeAsync("queue.acknowledge", token => inner.AcknowledgeAsync(leaseIds, token), cancellationToken);

        public Task ReleaseAsync(IReadOnlyCollection<string> leaseIds, TimeSpan delay, CancellationToken cancellationToken) =>
            inner.ReleaseAsync(leaseIds, delay, cancellationToken);

        public Task RetryAsync(IReadOnlyCollection<FailedDelivery> failures, CancellationToken cancellationToken) => inner.RetryAsync(failures, cancellationToken);

        public Task ParkAsync(IReadOnlyList<ParkedMessage> messages, CancellationToken cancellationToken) => inner.ParkAsync(messages, cancellationToken);

        public Task<int> EraseAsync(UserId user, CancellationToken cancellationToken) => inner.EraseAsync(user, cancellationToken);
    }

    private sealed class Warehouse(IEventWarehouse inner, StageClock clock) : IEventWarehouse
    {
        public Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken) =>
            clock.TimeAsync("warehouse.append", token => inner.AppendAsync(events, token), cancellationToken);

        public IAsyncEnumerable<TRow> QueryAsync<TRow>(
            PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken) =>
            inner.QueryAsync(query, parameters, cancellationToken);

        public Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken) => inner.EraseAsync(user, cancellationToken);
    }

    private sealed class Profiles(IProfileStore inner, StageClock clock) : IProfileStore
    {
        public Task<Versioned<ShopperProfile>?> ReadAsync(UserId user, CancellationToken cancellationToken) => inner.ReadAsync(user, cancellationToken);

        public Task<IReadOnlyDictionary<UserId, Versioned<ShopperProfile>>> ReadManyAsync(IReadOnlyCollection<UserId> users, CancellationToken cancellationToken) =>
            clock.TimeAsync("profiles.read", token => inner.ReadManyAsync(users, token), cancellationToken);

        public Task<IReadOnlyList<UserId>> VisitorsOfAsync(UserId user, CancellationToken cancellationToken) => inner.VisitorsOfAsync(user, cancellationToken);

        public Task<IReadOnlyList<UserId>> WriteAsync(IReadOnlyList<ProfileWrite> writes, CancellationToken cancellationToken) =>
            clock.TimeAsync("profiles.write", token => inner.WriteAsync(writes, token), cancellationToken);

        public Task DeleteAsync(UserId user, CancellationToken cancellationToken) => inner.DeleteAsync(user, cancellationToken);
    }
}
