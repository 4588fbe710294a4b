using System.Xml.Linq;
using Aisle.Testing;

namespace Aisle.Architecture.Tests;

/// <summary>Which part may reference which, read from the project files, so that the Google projects are held
/// although they are not built here.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["shared"] = [],
        ["functions/Http"] = ["shared"],
        ["functions"] = ["shared", "functions/Http"],
        ["local"] = ["shared"],
        ["google"] = ["shared"],
        ["redis"] = ["shared"],
        ["local/Host"] = ["shared", "local", "redis", "functions", "functions/Http"],
        ["functions/Google"] = ["shared", "google", "redis", "functions", "functions/Http"],
        ["benchmarks"] = ["shared", "local", "local/Host", "functions", "functions/Http", "redis"],
        ["clients"] = [],
    };

    public static TheoryData<string> Projects { get; } = [.. Directory
        .EnumerateFiles(RepositoryRoot.Path, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(RepositoryRoot.Path, file).Replace('\\', '/'))
        .Where(file => !file.StartsWith("artifacts/", StringComparison.Ordinal) && !file.Contains("node_modules"))
        .Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_the_parts_it_may(string project)
    {
        string part = PartOf(project);
        if (part == "tests")
        {
            return; // a test may see what it tests
        }

        Assert.DoesNotContain(References(project), reference => !May(project, part, reference));
    }

    private static bool May(string project, string part, string reference)
    {
        string target = PartOf(reference);
        bool sameFunction = part != "functions/Google" || target != "functions" || Segment(project, 1) == Segment(reference, 1);
        return Allowed[part].Contains(target) && sameFunction;
    }

    private static IEnumerable<string> References(string project)
    {
        string folder = Path.GetDirectoryName(Path.Combine(RepositoryRoot.Path, project))!;
        return XDocument.Load(Path.Combine(RepositoryRoot.Path, project))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFullPath(Path.Combine(folder, reference.Attribute("Include")!.Value)))
            .Select(path => Path.GetRelativePath(RepositoryRoot.Path, path).Replace('\\', '/'));
    }

    private static string PartOf(string project) => project.Split('/') switch
    {
        ["functions", "Http", ..] => "functions/Http",
        ["functions", _, "Google", ..] => "functions/Google",
        ["local", "Host", ..] => "local/Host",
        [string top, ..] => top,
        _ => project,
    };

    private static string Segment(string path, int index) => path.Split('/')[index];
}
