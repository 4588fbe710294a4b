using System.Net;
using Google;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Streams rows into a table. Passing faults are tried again, so a row may arrive twice; the tables'
/// views leave repeats out.</summary>
internal sealed class RowAppender(BigQueryClient client, string dataset, TimeProvider clock)
{
    private const int Attempts = 6;

    /// <summary>No insert ids: they deduplicate for a minute at best and halve the throughput. Errors come back
    /// as values, to be told apart.</summary>
    private static readonly InsertOptions Options = new() { AllowEmptyInsertIds = true, SuppressInsertErrors = true };

    /// <summary>Appends the rows; when the task completes they are durable.</summary>
    /// <exception cref="InvalidOperationException">The table does not exist, the service may not write to it, or BigQuery refuses a row for
    /// good; the message says which, and what to do.</exception>
    /// <exception cref="GoogleApiException">The request failed otherwise, and went on failing.</exception>
    public async Task AppendAsync(string table, IReadOnlyList<BigQueryInsertRow> rows, CancellationToken cancellationToken)
    {
        foreach (BigQueryInsertRow[] chunk in InsertBatches.Of(rows))
        {
            await AppendAsync(table, chunk, cancellationToken);
        }
    }

    private async Task AppendAsync(string table, BigQueryInsertRow[] rows, CancellationToken cancellationToken)
    {
        for (int attempt = 1; !await TryAppendAsync(table, rows, isLast: attempt == Attempts, cancellationToken); attempt++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), clock, cancellationToken);
        }
    }

    /// <summary>One request, all rows or none: without <c>SkipInvalidRows</c> BigQuery stops the good rows of a
    /// request that has a bad one.</summary>
    /// <returns>False when a passing fault forbade it and there are attempts left.</returns>
    private async Task<bool> TryAppendAsync(string table, BigQueryInsertRow[] rows, bool isLast, CancellationToken cancellationToken)
    {
        try
        {
            BigQueryInsertResults results = await client.InsertRowsAsync(dataset, table, rows, Options, cancellationToken);
            return InsertFaults.Judge(table, results, isLast);
        }
        catch (GoogleApiException missing) when (missing.HttpStatusCode == HttpStatusCode.NotFound)
        {
            throw new InvalidOperationException(
                $"The table {dataset}.{table} does not exist in the project {client.ProjectId}: make the warehouse's tables first, or "
                + "correct AISLE_DATASET.", missing);
        }
        catch (GoogleApiException refused) when (refused.HttpStatusCode == HttpStatusCode.Forbidden && !InsertFaults.Passes(refused))
        {
            throw new InvalidOperationException(
                $"The service may not write to {dataset}.{table}: give its account the role roles/bigquery.dataEditor on the dataset. "
                + $"BigQuery says: {refused.Error?.Message ?? refused.Message}", refused);
        }
        catch (GoogleApiException fault) when (!isLast && InsertFaults.Passes(fault))
        {
            return false;
        }
    }
}
