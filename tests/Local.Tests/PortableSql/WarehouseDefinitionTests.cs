using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Aisle.Local.DuckDb;
using Aisle.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>What only BigQuery runs (the definitions under <c>google/Sql</c>) is valid GoogleSQL and gives the
/// tables that DuckDB has.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class WarehouseDefinitionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task BigQuerys_definitions_are_valid_and_give_the_columns_that_DuckDB_has()
    {
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");

        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(Job(), Token);

        Assert.Empty(answers.Where(answer => answer.Value.Error is not null).Select(answer => $"{answer.Key}: {answer.Value.Error}"));
        Dictionary<string, string> google = answers.Where(answer => answer.Value.Columns.Count > 0).ToDictionary(answer => answer.Key.Split(' ')[^1], answer => Show(answer.Value.Columns));
        Assert.All(LocalTables(), table => Assert.Equal(table.Value, google.GetValueOrDefault(table.Key)));
    }

    [Fact]
    public void A_column_that_is_added_to_an_older_table_stands_in_its_definition_with_the_same_type()
    {
        string[] statements = [.. Statements()];
        (string Table, string Column)[] added =
        [
            .. from statement in statements
               from Match match in Regex.Matches(statement, @"ALTER TABLE (aisle\.\w+)\s+ADD COLUMN IF NOT EXISTS (\w+ \w+)")
               select (match.Groups[1].Value, match.Groups[2].Value),
        ];

        Assert.Equal(statements.Count(statement => statement.Contains("ALTER TABLE", StringComparison.Ordinal)), added.Length);
        Assert.Contains(("aisle.exposures", "age_bracket STRING"), added);
        Assert.All(added, column => Assert.Contains(
            statements, statement => statement.Contains($"CREATE TABLE IF NOT EXISTS {column.Table} (", StringComparison.Ordinal) && Regex.IsMatch(statement, $@"\n  {column.Column}[,\n]")));
    }

    [Fact]
    public async Task A_definition_with_a_misspelt_option_or_an_unknown_column_is_refused()
    {
        string? absence = await ReferenceEvaluator.ReasonForAbsenceAsync(Token);
        Assert.SkipWhen(absence is not null, absence ?? "");
        JsonObject job = Job("CREATE TABLE aisle.a (x STRING) OPTIONS (descripton = 'a')", "CREATE TABLE aisle.b (x STRING)", "CREATE "
            + "VIEW aisle.c AS SELECT y FROM aisle.b");

        IReadOnlyDictionary<string, EvaluatedAnswer> answers = await ReferenceEvaluator.RunAsync(job, Token);

        Assert.Contains("descripton", answers.Single(answer => answer.Key.EndsWith(" a", StringComparison.Ordinal)).Value.Error);
        Assert.Null(answers.Single(answer => answer.Key.EndsWith(" b", StringComparison.Ordinal)).Value.Error);
        Assert.Contains("Unrecognized name: y", answers.Single(answer => answer.Key.EndsWith(" c", StringComparison.Ordinal)).Value.Error);
    }

    private static IEnumerable<string> Statements() => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "google", "Sql"), "*.sql")
        .Order(StringComparer.Ordinal)
        .SelectMany(file => File.ReadAllText(file).Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static JsonObject Job() => Job([.. Statements()]);

    /// <summary>A case is named by its number and what it defines: the first word with a dataset before it.</summary>
    private static JsonObject Job(params string[] statements) => new()
    {
        ["datasets"] = new JsonArray(),
        ["cases"] = new JsonArray([.. statements.Select((statement, number) => new JsonObject
        {
            ["name"] = $"{number} {statement.Split(' ', '\n').First(word => word.StartsWith("aisle.", StringComparison.Ordinal))["aisle.".Length..]}",
            ["statement"] = statement,
            ["dataset"] = null,
            ["parameters"] = new JsonArray(),
        })]),
    };

    /// <summary>Columns of the types that both engines name alike; BigQuery keeps a seed as NUMERIC, DuckDB as an
    /// unsigned number.</summary>
    private static string Show(IEnumerable<(string Name, string Type)> columns) =>
        string.Join(", ", columns.Where(column => column.Type != "NUMERIC").Select(column => $"{column.Name} {column.Type}"));

    // What DuckDB notes for itself while it writes has no counterpart: BigQuery's MERGE and views compare the copies themselves.
    private static bool IsBookkeeping(string table) => table is "incoming_events" or "withdrawn_events";

    private static Dictionary<string, string> LocalTables()
    {
        using TemporaryFolder folder = new();
        using DuckDbDatabase database = new(folder.File("warehouse.duckdb"), 1, new FakeTimeProvider());
        return WarehouseTables.Read(database)
            .Where(table => !IsBookkeeping((string)table!["name"]!))
            .ToDictionary(
                table => (string)table!["name"]!,
                table => Show(table!["columns"]!.AsArray().Select(column => ((string)column!["name"]!, (string)column["type"]!))));
    }
}
