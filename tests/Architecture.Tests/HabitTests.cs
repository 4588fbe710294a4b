using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Aisle.Architecture.Tests;

/// <summary>Habits of the style guide, held on the source, so that the Google projects are held too.</summary>
public sealed class HabitTests
{
    [Fact]
    public void A_class_is_sealed_static_or_abstract() =>
        Assert.Empty(
            from file in SourceFiles.All
            from type in file.Root.DescendantNodes().OfType<TypeDeclarationSyntax>()
            where type is ClassDeclarationSyntax || (type is RecordDeclarationSyntax record && !record.ClassOrStructKeyword.IsKind(SyntaxKind.StructKeyword))
            where !type.Modifiers.Any(m => m.Kind() is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
            select $"{file.Path}: {type.Identifier.Text}");

    [Fact]
    public void A_method_that_returns_a_task_ends_in_Async_and_takes_a_token_last() =>
        Assert.Empty(
            from file in SourceFiles.Product
            from method in file.Root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            where IsTask(method.ReturnType) && !IsOverride(method)
            where !method.Identifier.Text.EndsWith("Async", StringComparison.Ordinal) || !TakesToken(method)
            where method.Identifier.Text != "Main"
            select $"{file.Path}: {method.Identifier.Text}");

    [Fact]
    public void A_token_has_no_default_value() =>
        Assert.Empty(
            from file in SourceFiles.Product
            from parameter in file.Root.DescendantNodes().OfType<ParameterSyntax>()
            where parameter.Type?.ToString() == "CancellationToken" && parameter.Default is not null
            select $"{file.Path}: {parameter.Parent?.Parent}".Split('\n')[0]);

    [Fact]
    public void Google_is_named_only_where_Google_belongs() =>
        Assert.Empty(
            from file in SourceFiles.All
            where !file.Path.StartsWith("google/", StringComparison.Ordinal)
                && !file.Path.Contains("/Google/") && !file.Path.StartsWith("tests/Google", StringComparison.Ordinal)
            from name in file.Root.DescendantNodes().OfType<UsingDirectiveSyntax>()
            where name.Name?.ToString().StartsWith("Google.", StringComparison.Ordinal) == true
                || name.Name?.ToString().StartsWith("Aisle.GoogleCloud", StringComparison.Ordinal) == true
            select $"{file.Path}: {name}");

    [Fact]
    public void A_file_of_the_product_has_one_public_type_and_its_name() =>
        Assert.Empty(
            from file in SourceFiles.Product
            let types = PublicTypes(file.Root)
            where types.Length > 1 || (types.Length == 1 && Path.GetFileName(file.Path).Split('.')[0] != types[0])
            select $"{file.Path}: {string.Join(", ", types)}");

    [Fact]
    public void There_are_no_regions() =>
        Assert.Empty(
            from file in SourceFiles.All
            where file.Root.DescendantTrivia(descendIntoTrivia: true).Any(trivia => trivia.IsKind(SyntaxKind.RegionDirectiveTrivia))
            select file.Path);

    private static string[] PublicTypes(SyntaxNode root) =>
    [
        .. root.ChildNodes().OfType<BaseNamespaceDeclarationSyntax>()
            .SelectMany(declared => declared.Members)
            .Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword))
            .Select(type => type is DelegateDeclarationSyntax handler ? handler.Identifier.Text : ((BaseTypeDeclarationSyntax)type).Identifier.Text)
            .Distinct(),
    ];

    private static bool IsTask(TypeSyntax type)
    {
        string name = type.ToString();
        return name is "Task" or "ValueTask" || name.StartsWith("Task<", StringComparison.Ordinal) || name.StartsWith("ValueTask<", StringComparison.Ordinal);
    }

    private static bool IsOverride(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.OverrideKeyword) || method.ExplicitInterfaceSpecifier is not null || method.Identifier.Text is "DisposeAsync";

    /// <summary>The last parameter is the token, or a context or scope that carries it.</summary>
    private static bool TakesToken(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Any(parameter => parameter.Type?.ToString() is "HttpContext" or "CommandContext")
        || method.ParameterList.Parameters.LastOrDefault()?.Type?.ToString() == "CancellationToken";
}
