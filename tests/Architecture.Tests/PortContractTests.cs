using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Aisle.Architecture.Tests;

/// <summary>Each port has one contract suite and each adapter runs it, read from the source, so that the Google
/// adapters are held too.</summary>
public sealed class PortContractTests
{
    private static readonly Dictionary<string, string> WithoutSuite = new()
    {
        ["IAlertSink"] = "it only takes; where an alert goes is each adapter's own, and its own tests look there",
    };

    private static readonly Dictionary<string, string> WithoutRun = new()
    {
        ["InMemoryEventWarehouse"] = "it runs no SQL: it answers with the rows that a test laid out",
        ["InMemoryExposureLog"] = "its suite looks through a warehouse that runs SQL",
        ["InMemorySlateLog"] = "likewise",
    };

    private static readonly TypeDeclarationSyntax[] TestTypes =
        [.. SourceFiles.All.Where(file => file.Path.StartsWith("tests/", StringComparison.Ordinal)).SelectMany(file => Classes(file.Root))];

    private static readonly string[] Suites =
        [.. TestTypes.Where(type => type.Modifiers.Any(SyntaxKind.AbstractKeyword)).Select(type => type.Identifier.Text)];

    private static readonly string[] PortNames =
        [.. SourceFiles.All
            .Where(file => file.Path.StartsWith("shared/Ports/", StringComparison.Ordinal))
            .SelectMany(file => file.Root.DescendantNodes().OfType<InterfaceDeclarationSyntax>())
            .Select(type => type.Identifier.Text)];

    public static TheoryData<string> Ports { get; } = [.. PortNames];

    public static TheoryData<string, string, string> Adapters { get; } = [.. AdaptersIn("local/"), .. AdaptersIn("google/"), .. AdaptersIn("redis/"), .. AdaptersIn("tests/Testing/")];

    [Theory, MemberData(nameof(Ports))]
    public void A_port_has_a_contract_suite_or_a_reason(string port) => Assert.True(
        Suites.Contains(SuiteOf(port)) != WithoutSuite.ContainsKey(port),
        $"{port}: add tests/Testing/Contracts/{SuiteOf(port)}.cs, or a reason to this test, not both.");

    [Theory, MemberData(nameof(Adapters))]
    public void An_adapter_runs_the_suite_of_its_port(string adapter, string port, string part)
    {
        if (WithoutSuite.ContainsKey(port) || WithoutRun.ContainsKey(adapter))
        {
            return;
        }

        Assert.True(
            TestTypes.Any(test => Derives(test, SuiteOf(port)) && Makes(test, adapter)),
            $"{part}{adapter}: add a test class that derives from {SuiteOf(port)} and makes a {adapter}.");
    }

    [Fact]
    public void Every_reason_is_still_needed()
    {
        Assert.Empty(WithoutSuite.Keys.Except(PortNames));
        Assert.Empty(WithoutRun.Keys.Except(Adapters.Select(row => row.Data.Item1)));
    }

    [Fact]
    public void The_local_and_the_Google_shell_implement_every_port()
    {
        Assert.Equal(PortNames.Order(), AdaptersIn("local/").Select(row => row.Item2).Distinct().Order());
        Assert.Equal(PortNames.Order(), AdaptersIn("google/").Select(row => row.Item2).Distinct().Order());
    }

    private static IEnumerable<(string, string, string)> AdaptersIn(string part) =>
        from file in SourceFiles.All
        where file.Path.StartsWith(part, StringComparison.Ordinal)
        from type in Classes(file.Root)
        from port in PortNames
        where Derives(type, port)
        select (type.Identifier.Text, port, part);

    private static string SuiteOf(string port) => $"{port[1..]}Contract";

    private static IEnumerable<TypeDeclarationSyntax> Classes(SyntaxNode root) =>
        root.DescendantNodes().OfType<TypeDeclarationSyntax>().Where(type => type is ClassDeclarationSyntax or RecordDeclarationSyntax);

    private static bool Derives(TypeDeclarationSyntax type, string name) =>
        type.BaseList?.Types.Any(parent => parent.Type is SimpleNameSyntax simple && simple.Identifier.Text == name) == true;

    private static bool Makes(TypeDeclarationSyntax test, string adapter) =>
        test.DescendantNodes().OfType<BaseObjectCreationExpressionSyntax>().Any(made => made switch
        {
            ObjectCreationExpressionSyntax named => named.Type.ToString() == adapter,
            _ => test.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.Text == adapter),
        });
}
