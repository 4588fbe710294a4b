using Aisle.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Aisle.Architecture.Tests;

/// <summary>The product's own source, parsed once.</summary>
internal static class SourceFiles
{
    private static readonly string[] Parts = ["shared", "functions", "local", "google", "redis", "clients", "benchmarks", "tests"];

    public static IReadOnlyList<(string Path, SyntaxNode Root)> All { get; } =
        [.. Parts.SelectMany(Files).Select(file => (Relative(file), CSharpSyntaxTree.ParseText(File.ReadAllText(file)).GetRoot()))];

    public static IEnumerable<(string Path, SyntaxNode Root)> Product => All.Where(file => !file.Path.StartsWith("tests/", StringComparison.Ordinal));

    private static IEnumerable<string> Files(string part)
    {
        string folder = Path.Combine(RepositoryRoot.Path, part);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Where(IsOurs).Order(StringComparer.Ordinal)
            : [];
    }

    private static bool IsOurs(string file) =>
        !Relative(file).Split('/').Any(segment => segment is "obj" or "bin" or "node_modules" or "artifacts");

    private static string Relative(string file) => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/');
}
