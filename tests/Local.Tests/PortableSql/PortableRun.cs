using System.Text.Json.Nodes;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>One query over one history with one draw of parameters, on both engines.</summary>
/// <param name="Name">Names the query, the history's seed and the draw.</param>
/// <param name="Case">The query.</param>
/// <param name="Seed">The history's seed, and its number in the evaluator's job.</param>
/// <param name="Parameters">What was drawn.</param>
/// <param name="LocalRows">What DuckDB answered.</param>
internal sealed record PortableRun(
    string Name, PortableCase Case, int Seed, IReadOnlyDictionary<string, object> Parameters, IReadOnlyList<object?[]> LocalRows)
{
    private EvaluatedAnswer? _answer;

    /// <summary>What the evaluator answered; not to be read before it did.</summary>
    public EvaluatedAnswer Answer
    {
        get => _answer ?? throw new InvalidOperationException($"{Name} was not evaluated.");
        set => _answer = value;
    }

    /// <summary>The case in the words of <c>evaluate.mjs</c>.</summary>
    public JsonObject ToJob() => new()
    {
        ["name"] = Name,
        ["statement"] = Case.Query.Sql,
        ["dataset"] = Seed,
        ["parameters"] = new JsonArray([.. Parameters.Select(parameter => new JsonObject
        {
            ["name"] = parameter.Key,
            ["type"] = TypeOf(parameter.Value),
            ["value"] = WarehouseTables.Cell(parameter.Value),
        })]),
    };

    private static string TypeOf(object value) => value switch
    {
        string => "STRING",
        long => "INT64",
        double => "FLOAT64",
        bool => "BOOL",
        DateTimeOffset => "TIMESTAMP",
        _ => throw new NotSupportedException($"A portable query takes no {value.GetType().Name}."),
    };
}
