using Aisle.Events;
using Aisle.Sql;

namespace Aisle.Ports;

/// <summary>The history of everything shoppers did, and the portable queries over it.</summary>
public interface IEventWarehouse
{
    /// <summary>Appends a batch. When the task completes the events are durable; queries see each event id once,
    /// whatever was redelivered.</summary>
    Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken);

    /// <summary>Runs a named portable query and streams its rows.</summary>
    /// <param name="query">One of <see cref="PortableQueries"/>.</param>
    /// <param name="parameters">All of the query's named parameters; values are string, long, double, bool or
    /// <see cref="DateTimeOffset"/>.</param>
    /// <param name="cancellationToken">Stops the query.</param>
    /// <exception cref="ArgumentException">A parameter is missing or superfluous.</exception>
    IAsyncEnumerable<TRow> QueryAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken);

    /// <summary>Removes every row of one shopper: events, slates and exposures. Doing it again removes nothing.</summary>
    /// <returns>How many rows were removed, by table.</returns>
    Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken);
}
