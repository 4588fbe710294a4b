using System.Runtime.CompilerServices;
using Aisle.Events;
using Aisle.Ports;
using Aisle.Sql;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>The warehouse on BigQuery: events are streamed in as they come, and the view <c>interaction_events</c> has each of them once.</summary>
public sealed class BigQueryWarehouse : IEventWarehouse
{
    private const string EventsTable = "interaction_events_raw";

    private readonly BigQueryClient _client;
    private readonly GoogleOptions _options;
    private readonly RowAppender _appender;

    /// <summary>Uses a dataset.</summary>
    /// <param name="client">One per process; it is safe to share.</param>
    /// <param name="options">Which dataset, and the limits of a query.</param>
    /// <param name="clock">What waiting between attempts is measured by.</param>
    public BigQueryWarehouse(BigQueryClient client, GoogleOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        _client = client;
        _options = options;
        _appender = new RowAppender(client, options.Dataset, clock);
    }

    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(IReadOnlyList<InteractionEvent> events, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(events);
        await _appender.AppendAsync(EventsTable, [.. events.Select(EventRow.Of)], cancellationToken);
        return new AppendOutcome(events.Count, Duplicates: null);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<TRow> QueryAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyDictionary<string, object> parameters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return RunAsync(query, QueryParameters.Of(query.Name, query.Parameters, parameters), cancellationToken);
    }

    private async IAsyncEnumerable<TRow> RunAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyList<BigQueryParameter> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        QueryOptions limits = new()
        {
            DefaultDataset = _client.GetDatasetReference(_options.Dataset),
            MaximumBytesBilled = _options.MaximumBytesBilled,
            Labels = new Dictionary<string, string> { ["query"] = query.Name },
        };
        GetQueryResultsOptions paging = new() { PageSize = _options.QueryPageRows };
        BigQueryResults results = await _client.ExecuteQueryAsync(query.Sql, parameters, limits, paging, cancellationToken);
        await foreach (BigQueryRow row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            yield return query.Read(new AnswerRow(row));
        }
    }
}
