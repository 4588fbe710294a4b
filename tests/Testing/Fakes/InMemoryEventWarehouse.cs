using System.Runtime.CompilerServices;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;

namespace Aisle.Testing.Fakes;

/// <summary>A history in memory. Queries answer with the rows that a test laid out for them by name; SQL itself is
/// run by the real engines' tests.</summary>
public sealed class InMemoryEventWarehouse : IEventWarehouse
{
    private readonly Lock _lock = new();
    private readonly Dictionary<EventId, InteractionEvent> _events = [];
    private readonly Dictionary<string, Func<IReadOnlyDictionary<string, object>, IEnumerable<object>>> _answers = [];

    /// <summary>Every event once, in the order in which they first came.</summary>
    public IReadOnlyList<InteractionEvent> Events
    {
        get { lock (_lock) { return [.. _events.Values]; } }
    }

    /// <summary>Set to let the next appends fail, as a store that is down does.</summary>
    public Exception? Fault { get; set; }

    /// <summary>Set to let batches fail that hold such an event, as a defect of ours would.</summary>
    public Predicate<InteractionEvent> Poison { get; set; } = _ => false;

    /// <summary>Lays out the rows of one query.</summary>
    public void Answer<TRow>(PortableQuery<TRow> query, Func<IReadOnlyDictionary<string, object>, IEnumerable<TRow>> rows)
        where TRow : notnull => _answers[query.Name] = parameters => rows(parameters).Cast<object>();

    public Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        if (Fault is not null)
        {
            return Task.FromException<AppendOutcome>(Fault);
        }

        if (events.FirstOrDefault(e => Poison(e)) is { } poison)
        {
            return Task.FromException<AppendOutcome>(new InvalidOperationException($"{poison.Id} cannot be stored."));
        }

        lock (_lock)
        {
            HashSet<EventId> known = [.. events.Select(e => e.Id).Where(_events.ContainsKey)];
            foreach (InteractionEvent e in events.Where(e => !_events.TryGetValue(e.Id, out InteractionEvent? present) || EventCopies.Precedes(e, present)))
            {
                _events[e.Id] = e;
            }

            int duplicates = events.Count - events.Select(e => e.Id).Distinct().Count(id => !known.Contains(id));
            return Task.FromResult(new AppendOutcome(events.Count, duplicates, events.Select(e => e.Id).Distinct().ToDictionary(id => id, id => _events[id])));
        }
    }

    /// <summary>What an erasure meets; null removes.</summary>
    public Exception? ErasureFault { get; set; }

    public Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        if (ErasureFault is not null)
        {
            return Task.FromException<IReadOnlyDictionary<string, long>>(ErasureFault);
        }

        lock (_lock)
        {
            EventId[] erased = [.. _events.Values.Where(e => e.User == user).Select(e => e.Id)];
            Array.ForEach(erased, id => _events.Remove(id));
            return Task.FromResult<IReadOnlyDictionary<string, long>>(new Dictionary<string, long> { ["interaction_events"] = erased.Length });
        }
    }

    public async IAsyncEnumerable<TRow> QueryAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!query.Parameters.Order().SequenceEqual(parameters.Keys.Order()))
        {
            throw new ArgumentException($"The query {query.Name} takes {string.Join(", ", query.Parameters)}.", nameof(parameters));
        }

        if (!_answers.TryGetValue(query.Name, out Func<IReadOnlyDictionary<string, object>, IEnumerable<object>>? rows))
        {
            yield break;
        }

        foreach (object row in rows(parameters))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return (TRow)row;
            await Task.Yield();
        }
    }
}
