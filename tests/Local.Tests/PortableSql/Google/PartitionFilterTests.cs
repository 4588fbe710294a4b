using System.Text.RegularExpressions;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql.Google;

/// <summary>Tables that demand a predicate on their partitions are read with one, wherever we read them: BigQuery refuses the
/// statement else, and no analyzer knows.</summary>
public sealed partial class PartitionFilterTests
{
    private static readonly string Folder = Path.Combine(RepositoryRoot.Path, "google");

    /// <summary>The tables that demand one, with the column.</summary>
    private static readonly Dictionary<string, string> Demanding = Directory.EnumerateFiles(Path.Combine(Folder, "Sql"), "*.sql")
        .SelectMany(file => Definition().Matches(File.ReadAllText(file)))
        .ToDictionary(table => table.Groups[1].Value, table => table.Groups[2].Value);

    public static TheoryData<string> Sources =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Folder, "Sql"), "*.sql", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)),
        "google/BigQuery/PersonalRows.cs",
        .. Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "shared", "Sql"), "*.sql").Select(file => Path.GetRelativePath(RepositoryRoot.Path, file)),
    ];

    [Fact]
    public void Every_table_of_the_warehouse_demands_one_and_is_labelled()
    {
        string[] tables = [.. Directory.EnumerateFiles(Path.Combine(Folder, "Sql"), "*.sql").SelectMany(file => TableName().Matches(File.ReadAllText(file))).Select(table => table.Groups[1].Value)];

        Assert.True(tables.Length >= 8);
        Assert.Equal(tables.Order(), Demanding.Keys.Order());
    }

    [Theory, MemberData(nameof(Sources))]
    public void Each_is_read_with_a_predicate_on_its_partitions(string source)
    {
        string text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, source));
        foreach ((string table, string column) in Demanding)
        {
            Assert.All(
                Reading(table).Matches(text),
                reading => Assert.True(
                    reading.Groups["predicates"].Value.Contains($"{column} >=", StringComparison.Ordinal), $"{source} reads {table} "
                        + $"without a predicate on {column}: {reading.Value}"));
        }
    }

    /// <summary>A table's name where rows come from it, and what follows up to the end of that SELECT, MERGE or DELETE.</summary>
    private static Regex Reading(string table) => new(
        $@"(?:FROM|JOIN) (?:aisle\.)?{table}\b(?<predicates>[\s\S]*?)(?=\bFROM\b|\bJOIN\b|GROUP BY|QUALIFY|UNION|;|\n\)|$)"
        + $@"|MERGE aisle\.{table}\b(?<predicates>[\s\S]*?)WHEN"
        + $@"|""{table} (?<predicates>[^\n]*)");

    [GeneratedRegex(@"CREATE TABLE IF NOT EXISTS aisle\.(\w+) \([\s\S]*?PARTITION BY DATE\((\w+)\)[\s\S]*?require_partition_filter = TRUE, labels = \[\('app', 'aisle'\)\]")]
    private static partial Regex Definition();

    [GeneratedRegex(@"CREATE TABLE IF NOT EXISTS aisle\.(\w+)")]
    private static partial Regex TableName();
}
