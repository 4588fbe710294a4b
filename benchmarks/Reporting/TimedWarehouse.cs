using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;

namespace Aisle.Benchmarks.Reporting;

/// <summary>Notes how long each query of a report takes, reading its rows included.</summary>
/// <param name="warehouse">What answers.</param>
internal sealed class TimedWarehouse(IEventWarehouse warehouse) : IEventWarehouse
{
    private readonly ConcurrentQueue<(string Query, double Seconds)> _times = [];

    /// <summary>The times since it was asked last, as a line; queries that run at once each count their own whole time.</summary>
    public string Take()
    {
        string line = string.Join(", ", _times.Select(time => string.Create(CultureInfo.InvariantCulture, $"{time.Query.Replace("experiment_", "", StringComparison.Ordinal)} {time.Seconds:0.00}")));
        _times.Clear();
        return line;
    }

    /// <inheritdoc/>
    public Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken) => warehouse.AppendAsync(events, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<TRow> QueryAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long began = Stopwatch.GetTimestamp();
        await foreach (TRow row in warehouse.QueryAsync(query, parameters, cancellationToken))
        {
            yield return row;
        }

        _times.Enqueue((query.Name, Stopwatch.GetElapsedTime(began).TotalSeconds));
    }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken) => warehouse.EraseAsync(user, cancellationToken);
}
