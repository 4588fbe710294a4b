using System.Text.Json;
using Aisle.Sql;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>What the evaluator said to one statement.</summary>
/// <param name="Error">Why it refused the statement or could not finish it; null when it answered.</param>
/// <param name="Columns">The names and GoogleSQL types of the answer's columns.</param>
/// <param name="Rows">The answer's rows, in order.</param>
internal sealed record EvaluatedAnswer(string? Error, IReadOnlyList<(string Name, string Type)> Columns, IReadOnlyList<IRow> Rows)
{
    public static EvaluatedAnswer Read(JsonElement answer)
    {
        (string Name, string Type)[] columns = [.. answer.GetProperty("columns").EnumerateArray()
            .Select(column => (column.GetProperty("name").GetString()!, column.GetProperty("type").GetString()!))];
        string[] types = [.. columns.Select(column => column.Type)];
        return new EvaluatedAnswer(
            answer.GetProperty("error").GetString(),
            columns,
            [.. answer.GetProperty("rows").EnumerateArray().Select(row => new EvaluatedRow(types, row))]);
    }
}
