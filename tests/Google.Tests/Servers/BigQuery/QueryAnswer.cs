using System.Globalization;
using System.Text.Json.Nodes;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>The whole answer of a query, handed out page by page.</summary>
/// <param name="Columns">Names and BigQuery's types.</param>
/// <param name="Rows">Values as BigQuery writes them: text, or null.</param>
/// <param name="Affected">How many rows a statement changed; null for a query.</param>
internal sealed record QueryAnswer(IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<string?[]> Rows, long? Affected)
{
    /// <summary>How many files an export wrote; null for another statement.</summary>
    public int? ExportedFiles { get; init; }

    public JsonObject Page(string project, string job, int first, int? maxResults)
    {
        int count = Math.Min(maxResults ?? Rows.Count, Rows.Count - first);
        JsonObject page = new()
        {
            ["kind"] = "bigquery#queryResponse",
            ["jobReference"] = new JsonObject { ["projectId"] = project, ["jobId"] = job, ["location"] = "EU" },
            ["jobComplete"] = true,
            ["totalRows"] = Rows.Count.ToString(CultureInfo.InvariantCulture),
            ["schema"] = new JsonObject { ["fields"] = new JsonArray([.. Columns.Select(Field)]) },
            ["rows"] = new JsonArray([.. Rows.Skip(first).Take(count).Select(Row)]),
        };
        if (Affected is { } affected)
        {
            page["numDmlAffectedRows"] = affected.ToString(CultureInfo.InvariantCulture);
        }

        if (first + count < Rows.Count)
        {
            page["pageToken"] = (first + count).ToString(CultureInfo.InvariantCulture);
        }

        return page;
    }

    private static JsonObject Field((string Name, string Type) column) =>
        new() { ["name"] = column.Name, ["type"] = column.Type, ["mode"] = "NULLABLE" };

    private static JsonObject Row(string?[] values) =>
        new() { ["f"] = new JsonArray([.. values.Select(value => new JsonObject { ["v"] = value })]) };
}
