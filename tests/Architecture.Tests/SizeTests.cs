using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Aisle.Architecture.Tests;

/// <summary>Small files, small methods: the ceilings of the style guide.</summary>
public sealed class SizeTests
{
    private const int FileLimit = 400;
    private const int FileP95Limit = 250;
    private const int MethodLimit = 60;
    private const int MethodP95Limit = 30;
    private const int KernelLimit = 100;
    private const int FolderLimit = 40;

    [Fact]
    public void No_file_is_longer_than_400_lines() =>
        Assert.Empty(SourceFiles.All.Where(file => Lines(file.Root) > FileLimit).Select(file => $"{file.Path}: {Lines(file.Root)}"));

    [Fact]
    public void No_method_is_longer_than_60_lines_or_100_for_a_kernel() =>
        Assert.Empty(
            from file in SourceFiles.All
            from method in Methods(file.Root)
            where Lines(method) > (IsKernel(method) ? KernelLimit : MethodLimit)
            select $"{file.Path}: {Name(method)} has {Lines(method)} lines");

    [Fact]
    public void No_folder_has_more_than_40_files() =>
        Assert.Empty(SourceFiles.All
            .CountBy(file => Path.GetDirectoryName(file.Path) ?? "")
            .Where(folder => folder.Value > FolderLimit)
            .Select(folder => $"{folder.Key}: {folder.Value}"));

    [Fact]
    public void Nineteen_of_twenty_files_and_methods_are_far_shorter()
    {
        Assert.True(P95(SourceFiles.Product.Select(file => Lines(file.Root))) <= FileP95Limit);
        Assert.True(P95(SourceFiles.Product.SelectMany(file => Methods(file.Root)).Select(Lines)) <= MethodP95Limit);
    }

    private static IEnumerable<SyntaxNode> Methods(SyntaxNode root) => root.DescendantNodes()
        .Where(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax);

    private static bool IsKernel(SyntaxNode method) => method is BaseMethodDeclarationSyntax declared
        && declared.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() == "Kernel");

    private static string Name(SyntaxNode method) => method switch
    {
        MethodDeclarationSyntax declared => declared.Identifier.Text,
        LocalFunctionStatementSyntax local => local.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        _ => "operator",
    };

    private static int Lines(SyntaxNode node)
    {
        FileLinePositionSpan span = node.GetLocation().GetLineSpan();
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static int P95(IEnumerable<int> values)
    {
        int[] sorted = [.. values.Order()];
        return sorted[(int)(0.95 * (sorted.Length - 1))];
    }
}
