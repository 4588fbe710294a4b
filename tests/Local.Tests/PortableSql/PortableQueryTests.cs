using System.Reflection;
using Aisle.Sql;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>DuckDB and Google's reference evaluator give the same rows to every portable query.</summary>
[Collection(nameof(ReferenceEvaluator))]
public sealed class PortableQueryTests(PortableQueryFixture fixture) : IClassFixture<PortableQueryFixture>
{
    private const double Tolerance = 1e-9;

    public static TheoryData<string> Names { get; } = [.. PortableCases.All.Select(portable => portable.Query.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Both_engines_give_the_same_rows_in_the_same_order(string query) => Assert.Empty(RunsOf(query).SelectMany(Differences));

    [Theory, MemberData(nameof(Names))]
    public void The_reader_takes_every_column_and_some_history_has_rows(string query)
    {
        PortableRun[] runs = RunsOf(query);

        Assert.Contains(runs, run => run.LocalRows.Count > 1);
        Assert.Empty(
            from run in runs
            from row in run.LocalRows
            where row.Length != run.Answer.Columns.Count
            select $"{run.Name}: {row.Length} of {run.Answer.Columns.Count} columns");
    }

    [Fact]
    public void Every_portable_query_has_a_case()
    {
        string[] cases = [.. PortableCases.All.Select(portable => portable.Query.Name).Order()];

        Assert.Equal(DeclaredQueries(), cases);
        Assert.Equal(StatementFiles(), cases);
    }

    private static string[] DeclaredQueries() =>
        [.. typeof(PortableQueries).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => property.GetValue(null))
            .Where(value => value?.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(PortableQuery<>))
            .Select(value => (string)value!.GetType().GetProperty("Name")!.GetValue(value)!)
            .Order()];

    private static string[] StatementFiles() =>
        [.. typeof(PortableQueries).Assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".sql", StringComparison.Ordinal))
            .Select(name => name.Split('.')[^2])
            .Order()];

    private static IEnumerable<string> Differences(PortableRun run)
    {
        if (run.Answer.Error is { } error)
        {
            return [$"{run.Name}: GoogleSQL refuses it: {error}"];
        }

        object?[][] expected = Arranged(run.Case, run.Answer.Rows.Select(run.Case.Query.Read));
        return expected.Length != run.LocalRows.Count
            ? [$"{run.Name}: GoogleSQL has {expected.Length} rows, DuckDB {run.LocalRows.Count}"]
            : expected.Zip(Arranged(run.Case, run.LocalRows), (google, local) => (Google: google, Local: local))
                .Where(pair => !AreEqual(pair.Google, pair.Local))
                .Select(pair => $"{run.Name}: GoogleSQL {Show(pair.Google)}, DuckDB {Show(pair.Local)}");
    }

    /// <summary>A statement that gives no order is compared by what its rows begin with: the two columns that name them.</summary>
    private static object?[][] Arranged(PortableCase asked, IEnumerable<object?[]> rows) => asked.Query.Sql.Contains("ORDER BY", StringComparison.Ordinal)
        ? [.. rows]
        : [.. rows.OrderBy(row => $"{row[0]}", StringComparer.Ordinal).ThenBy(row => $"{row[1]}", StringComparer.Ordinal)];

    private static bool AreEqual(object?[] expected, object?[] actual) =>
        expected.Length == actual.Length && expected.Zip(actual).All(pair => (pair.First, pair.Second) switch
        {
            (double first, double second) => first.Equals(second) || Math.Abs(first - second) <= Tolerance * Math.Max(Math.Abs(first), Math.Abs(second)),
            var (first, second) => Equals(first, second),
        });

    private static string Show(object?[] row) => $"({string.Join(", ", row.Select(cell => cell ?? "NULL"))})";

    private PortableRun[] RunsOf(string query)
    {
        Assert.SkipWhen(fixture.ReasonForAbsence is not null, fixture.ReasonForAbsence ?? "");
        return [.. fixture.Runs.Where(run => run.Case.Query.Name == query)];
    }
}
