using System.Globalization;
using System.Text.Json;
using Aisle.Sql;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>One row of the evaluator's answer. It is stricter than a warehouse: a column read as a type that it does
/// not have in GoogleSQL is a fault.</summary>
internal sealed class EvaluatedRow(IReadOnlyList<string> types, JsonElement cells) : IRow
{
    public string? Text(int column) => Cell(column, "STRING")?.GetString();

    public long? Whole(int column) => Cell(column, "INT64") is { } cell ? long.Parse(cell.GetString()!, CultureInfo.InvariantCulture) : null;

    public double? Number(int column) => Cell(column, "FLOAT64") switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } cell => double.Parse(cell.GetString()!, CultureInfo.InvariantCulture),
        { } cell => cell.GetDouble(),
    };

    public bool? Truth(int column) => Cell(column, "BOOL")?.GetBoolean();

    public DateTimeOffset? Instant(int column) => Cell(column, "TIMESTAMP") is { } cell
        ? DateTimeOffset.UnixEpoch.AddTicks(long.Parse(cell.GetString()!, CultureInfo.InvariantCulture) * TimeSpan.TicksPerMicrosecond)
        : null;

    private JsonElement? Cell(int column, string type)
    {
        if (types[column] != type)
        {
            throw new InvalidCastException($"Column {column} is {types[column]} in GoogleSQL, and is read as {type}.");
        }

        return cells[column] is { ValueKind: not JsonValueKind.Null } cell ? cell : null;
    }
}
