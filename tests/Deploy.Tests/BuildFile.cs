using Aisle.Testing;
using YamlDotNet.Serialization;

namespace Aisle.Deploy.Tests;

/// <summary><c>cloudbuild.yaml</c>.</summary>
internal sealed class BuildFile
{
    private readonly Dictionary<object, object> _file;

    private BuildFile(Dictionary<object, object> file) => _file = file;

    public static BuildFile Read()
    {
        using StreamReader reader = File.OpenText(Path.Combine(RepositoryRoot.Path, "cloudbuild.yaml"));
        return new BuildFile(new DeserializerBuilder().Build().Deserialize<Dictionary<object, object>>(new YamlDotNet.Core.MergingParser(new YamlDotNet.Core.Parser(reader))));
    }

    /// <summary>The ids of all steps, in order.</summary>
    public IReadOnlyList<string> Steps => [.. All.Select(step => (string)step["id"])];

    /// <summary>What is replaced, with its default.</summary>
    public IReadOnlyDictionary<string, string> Substitutions =>
        ((Dictionary<object, object>)_file["substitutions"]).ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value);

    /// <summary>The services that it deploys.</summary>
    public IReadOnlyList<DeployedService> Services => [.. All
        .Select(step => ((List<object>)step["args"]).Cast<string>().ToArray())
        .Where(arguments => arguments[0] == "deploy/service.sh")
        .Select(arguments => new DeployedService(arguments[1], arguments[2], arguments[3], arguments[4..]))];

    private IEnumerable<Dictionary<object, object>> All => ((List<object>)_file["steps"]).Cast<Dictionary<object, object>>();
}
