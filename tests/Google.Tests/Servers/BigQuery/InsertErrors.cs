using System.Text.Json.Nodes;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>The answer to an insert of which nothing was done: the culprits with their reason, the rest stopped.</summary>
internal static class InsertErrors
{
    public static JsonObject All(int rows, params InsertError[] culprits) => new()
    {
        ["kind"] = "bigquery#tableDataInsertAllResponse",
        ["insertErrors"] = new JsonArray([.. Enumerable.Range(0, rows).Select(row => ToJson(row, culprits.Where(culprit => culprit.Row == row)))]),
    };

    private static JsonObject ToJson(int row, IEnumerable<InsertError> errors) => new()
    {
        ["index"] = row,
        ["errors"] = new JsonArray([.. errors.DefaultIfEmpty(new InsertError(row, "stopped", "", "")).Select(error => new JsonObject
        {
            ["reason"] = error.Reason, ["location"] = error.Location, ["message"] = error.Message,
        })]),
    };
}
