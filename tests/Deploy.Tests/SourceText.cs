using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary>What the code says, as far as a deployment must agree with it: the Google projects cannot be loaded
/// here, so their text is read.</summary>
internal static class SourceText
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Files = new(() =>
        new[] { "google", "functions" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, folder), "*.cs", SearchOption.AllDirectories))
            .ToDictionary(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'), File.ReadAllText));

    /// <summary>Whether any file under a folder contains a text.</summary>
    public static bool Has(string folder, string text) =>
        Files.Value.Any(file => file.Key.StartsWith(folder, StringComparison.Ordinal) && file.Value.Contains(text, StringComparison.Ordinal));

    /// <summary>Whether a class stands in some file of its name, in its namespace.</summary>
    public static bool HasClass(string fullName)
    {
        int dot = fullName.LastIndexOf('.');
        return Files.Value.Any(file =>
            file.Key.EndsWith($"/{fullName[(dot + 1)..]}.cs", StringComparison.Ordinal)
            && file.Value.Contains($"namespace {fullName[..dot]};", StringComparison.Ordinal)
            && file.Value.Contains($"class {fullName[(dot + 1)..]}", StringComparison.Ordinal));
    }

    /// <summary>One file.</summary>
    public static string Of(string path) => Files.Value[path];
}
