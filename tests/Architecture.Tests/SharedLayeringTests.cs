using System.Reflection;
using NetArchTest.Rules;

namespace Aisle.Architecture.Tests;

/// <summary>Which folder of <c>shared</c> may use which; the same table stands in docs/architecture.md. No cycles;
/// what is not listed is forbidden.</summary>
public sealed class SharedLayeringTests
{
    private static readonly Assembly Shared = typeof(Numerics.SeededRandom).Assembly;

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["Events"] = [],
        ["Privacy"] = ["Events"],
        ["Catalogue"] = ["Events"],
        ["Feedback"] = ["Events", "Numerics"],
        ["Factorization"] = ["Events", "Feedback", "Numerics"],
        ["Content"] = ["Catalogue", "Events", "Factorization", "Feedback", "Numerics"],
        ["ColdStart"] = ["Catalogue", "Content", "Events", "Factorization", "Feedback", "Numerics"],
        ["Candidates"] = ["Catalogue", "ColdStart", "Content", "Events", "Factorization", "Feedback", "Numerics"],
        ["Reranking"] = ["Candidates", "Catalogue", "Content", "Events", "Factorization", "Numerics"],
        ["Evaluation"] = ["Candidates", "Catalogue", "Events", "Factorization", "Feedback", "Numerics", "Reranking"],
        ["Statistics"] = ["Numerics"],
        ["Experiments"] = ["Events"],
        ["Sql"] = ["Events", "Experiments"],
        ["Ports"] = ["Candidates", "Catalogue", "Events", "Experiments", "Reranking", "Sql"],
        ["Alerts"] = ["Ports"],
    };

    public static TheoryData<string> Folders { get; } = [.. Allowed.Keys];

    [Theory, MemberData(nameof(Folders))]
    public void A_folder_uses_only_the_folders_it_may(string folder)
    {
        string[] forbidden = [.. Allowed.Keys.Except(Allowed[folder]).Except([folder]).Select(other => $"Aisle.{other}")];

        NetArchTest.Rules.TestResult result = Types.InAssembly(Shared)
            .That().ResideInNamespaceMatching($@"^Aisle\.{folder}(\.|$)")
            .ShouldNot().HaveDependencyOnAny(forbidden)
            .GetResult();

        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }

    [Fact]
    public void Every_folder_stands_in_the_table() =>
        Assert.Empty(Shared.GetTypes()
            .Select(type => type.Namespace)
            .Where(name => name?.StartsWith("Aisle.", StringComparison.Ordinal) == true)
            .Select(name => name!.Split('.')[1])
            .Except(Allowed.Keys));

    [Fact]
    public void The_table_has_no_cycle()
    {
        List<string> sorted = [];
        while (sorted.Count < Allowed.Count)
        {
            string? next = Allowed.Keys.Except(sorted).FirstOrDefault(folder => Allowed[folder].All(sorted.Contains));
            Assert.NotNull(next);
            sorted.Add(next);
        }
    }

    [Fact]
    public void Shared_references_only_the_base_library() =>
        Assert.DoesNotContain(Shared.GetReferencedAssemblies(), name => !name.Name!.StartsWith("System.", StringComparison.Ordinal));
}
