using System.Net;
using Google;
using Google.Apis.Requests;
using Google.Cloud.BigQuery.V2;

namespace Aisle.GoogleCloud.BigQuery;

/// <summary>Tells faults of an insert that pass from those that stay.</summary>
internal static class InsertFaults
{
    private const string Stopped = "stopped";

    private static readonly string[] PassingReasons =
        ["backendError", "internalError", "timeout", "rateLimitExceeded", "quotaExceeded", "resourcesExceeded"];

    private static readonly HttpStatusCode[] PassingCodes =
    [
        HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.InternalServerError,
        HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout,
    ];

    /// <summary>Whether the same request may succeed later. A 403 is a quota when its reason says so, and a missing role else.</summary>
    public static bool Passes(GoogleApiException fault) =>
        PassingCodes.Contains(fault.HttpStatusCode)
        || (fault.Error?.Errors is { Count: > 0 } errors && errors.All(error => PassingReasons.Contains(error.Reason)));

    /// <summary>Judges an answer row by row.</summary>
    /// <returns>True when all rows were inserted, false when they should be tried again.</returns>
    /// <exception cref="InvalidOperationException">A row was refused for good, or the fault did not pass and this
    /// was the last attempt.</exception>
    public static bool Judge(string table, BigQueryInsertResults results, bool isLast)
    {
        if (results.Status == BigQueryInsertStatus.AllRowsInserted)
        {
            return true;
        }

        (BigQueryInsertRow Row, SingleError Error)[] culprits =
            [.. results.Errors.SelectMany(row => row, (row, error) => (row.OriginalRow, error)).Where(culprit => culprit.error.Reason != Stopped)];
        bool passing = culprits.All(culprit => PassingReasons.Contains(culprit.Error.Reason));
        return passing && !isLast ? false : throw Refusal(table, culprits);
    }

    private static InvalidOperationException Refusal(string table, (BigQueryInsertRow Row, SingleError Error)[] culprits)
    {
        if (culprits.Length == 0)
        {
            return new InvalidOperationException($"BigQuery stopped the rows for {table} without naming a culprit; append them again.");
        }

        (BigQueryInsertRow row, SingleError error) = culprits[0];
        return new InvalidOperationException(
            $"BigQuery refused {culprits.DistinctBy(culprit => culprit.Row).Count()} rows for {table}. The first, {Describe(row)}: "
            + $"{error.Location}: {error.Message} ({error.Reason}). Bring the table to the schema of this release, or correct the value.");
    }

    /// <summary>The row's first column, which is its id.</summary>
    private static string Describe(BigQueryInsertRow row) =>
        row.Cast<KeyValuePair<string, object?>>().Select(field => $"{field.Key} {field.Value}").FirstOrDefault("an empty row");
}
