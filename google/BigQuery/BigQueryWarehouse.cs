using System.Runtime.CompilerServices;
using Aisle.Events;
using Aisle.GoogleCloud.Training;
using Aisle.Ports;
using Aisle.Sql;
using Google;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>The warehouse on BigQuery: events are streamed in as they come, and the view
/// <c>interaction_events</c> has each of them once.</summary>
public sealed class BigQueryWarehouse : IEventWarehouse
{
    private const string EventsTable = "interaction_events_raw";

    private static readonly TimeSpan LongestQuery = TimeSpan.FromMinutes(30);

    private readonly BigQueryClient _client;
    private readonly GoogleOptions _options;
    private readonly RowAppender _appender;
    private readonly AnswerExport? _export;

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
        _export = options.ExportBucket is { } bucket ? new AnswerExport(options.ModelsFolder, bucket, clock) : null;
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
        IReadOnlyList<BigQueryParameter> bound = QueryParameters.Of(query.Name, query.Parameters, parameters);
        return _export is not null && query.Name == PortableQueries.UserItemScores.Name
            ? ExportAsync(_export, query, bound, cancellationToken)
            : RunAsync(query, bound, cancellationToken);
    }

    /// <inheritdoc/>
    /// <exception cref="ErasureDeferredException">The shopper has rows that were streamed in within the last half hour: BigQuery does not
    /// delete those yet. All else is removed.</exception>
    public async Task<IReadOnlyDictionary<string, long>> EraseAsync(UserId user, CancellationToken cancellationToken)
    {
        Dictionary<string, long> removed = [];
        Exception? deferred = null;
        bool keepsPositions = false;
        await foreach ((string table, string rows) in PersonalRowsAsync(cancellationToken))
        {
            if (table == "slates" && keepsPositions)
            {
                continue; // positions are found by their slates
            }

            try
            {
                removed[table] = removed.GetValueOrDefault(table) + await DeleteAsync(rows, user, cancellationToken);
            }
            catch (GoogleApiException fresh) when (fresh.Message.Contains("streaming buffer", StringComparison.OrdinalIgnoreCase))
            {
                deferred = fresh;
                keepsPositions |= table == "slate_items";
            }
        }

        return deferred is null ? removed : throw new ErasureDeferredException(
            "The shopper has rows that arrived within the last half hour; BigQuery deletes them later, and all else is erased. Erase again in 30 minutes.",
            TimeSpan.FromMinutes(30), deferred);
    }

    private async IAsyncEnumerable<(string Table, string Rows)> PersonalRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach ((string Table, string Rows) rows in PersonalRows.All)
        {
            yield return rows;
        }

        List<string> tables = await _client.ListTablesAsync(_options.Dataset).Select(table => table.Reference.TableId).ToListAsync(cancellationToken);
        foreach ((string Table, string Rows) rows in PersonalRows.In(tables))
        {
            yield return rows;
        }
    }

    private async Task<long> DeleteAsync(string rows, UserId user, CancellationToken cancellationToken)
    {
        BigQueryParameter[] parameters = [new("user", BigQueryDbType.String, user.Value), new("since", BigQueryDbType.Timestamp, DateTimeOffset.UnixEpoch)];
        return (await FinishAsync("erase", $"DELETE FROM {rows}", parameters, cancellationToken)).NumDmlAffectedRows ?? 0;
    }

    private async IAsyncEnumerable<TRow> RunAsync<TRow>(
        PortableQuery<TRow> query, IReadOnlyList<BigQueryParameter> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BigQueryResults results = await FinishAsync(query.Name, Sampled(query), parameters, cancellationToken);
        await foreach (BigQueryRow row in results.GetRowsAsync().WithCancellation(cancellationToken))
        {
            yield return query.Read(new AnswerRow(row));
        }
    }

    private async IAsyncEnumerable<TRow> ExportAsync<TRow>(
        AnswerExport export, PortableQuery<TRow> query, IReadOnlyList<BigQueryParameter> parameters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (IRow row in export.ReadAsync(query.Name, Sampled(query), RunAsync, cancellationToken))
        {
            yield return query.Read(row);
        }

        async Task<BigQueryJob> RunAsync(string statement, CancellationToken token) =>
            await _client.GetJobAsync((await FinishAsync(query.Name, statement, parameters, token)).JobReference, cancellationToken: token);
    }

    private string Sampled<TRow>(PortableQuery<TRow> query) =>
        query.Name == PortableQueries.UserItemScores.Name ? FeedbackSample.Of(query.Sql, _options.SampledShare) : query.Sql;

    /// <summary>A job rather than a direct query: it may run longer than one request, its insertion can be
    /// repeated, and it can be stopped.</summary>
    private QueryOptions Limits(string query) => new()
    {
        DefaultDataset = _client.GetDatasetReference(_options.Dataset),
        MaximumBytesBilled = _options.MaximumBytesBilled,
        JobIdPrefix = $"{query}_",
        Labels = new Dictionary<string, string> { ["query"] = query },
    };

    /// <summary>Runs a statement to its end.</summary>
    /// <exception cref="InvalidOperationException">A table or a role is missing, or a limit is met; the message
    /// says what to do.</exception>
    private async Task<BigQueryResults> FinishAsync(string name, string sql, IReadOnlyList<BigQueryParameter> parameters, CancellationToken cancellationToken)
    {
        try
        {
            return await AwaitAsync(await _client.CreateQueryJobAsync(sql, parameters, Limits(name), cancellationToken), cancellationToken);
        }
        catch (GoogleApiException fault) when (JobFaults.Explain(fault) is { } explained)
        {
            throw explained;
        }
    }

    private async Task<BigQueryResults> AwaitAsync(BigQueryJob job, CancellationToken cancellationToken)
    {
        GetQueryResultsOptions paging = new() { PageSize = _options.QueryPageRows, Timeout = LongestQuery };
        try
        {
            return await job.GetQueryResultsAsync(paging, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await job.CancelAsync(options: null, CancellationToken.None);
            throw;
        }
    }
}
