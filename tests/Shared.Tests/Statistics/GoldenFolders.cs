namespace Aisle.Tests.Statistics;

/// <summary>Where golden files lie: the few cases that the repository keeps, and the folder that <c>AISLE_GOLDEN</c> names, by default
/// that of the checkout's neighbour.</summary>
internal static class GoldenFolders
{
    /// <summary>The folder of the solution.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>All folders that exist, the repository's first.</summary>
    public static IReadOnlyList<string> Experiments { get; } = [.. Candidates().Where(folder => folder is not null && Directory.Exists(folder)).Select(folder => folder!)];

    private static IEnumerable<string?> Candidates()
    {
        yield return Path.Combine(Repository, "tests", "Golden", "experiments");
#pragma warning disable RS0030 // A test run has no options; the issue names this variable.
        if (Environment.GetEnvironmentVariable("AISLE_GOLDEN") is not { Length: > 0 } named)
#pragma warning restore RS0030
        {
            yield return Path.GetFullPath(Path.Combine(Repository, "..", "shared", "golden", "experiments"));
            yield break;
        }

        string inner = Path.Combine(named, "experiments");
        string chosen = Directory.Exists(inner) ? inner : named;
        yield return Directory.Exists(chosen) ? chosen : throw new DirectoryNotFoundException($"AISLE_GOLDEN names {named}, which is no folder.");
    }

    private static string FindRepository()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Aisle.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
