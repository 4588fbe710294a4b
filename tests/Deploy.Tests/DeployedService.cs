namespace Aisle.Deploy.Tests;

/// <summary>One service as <c>cloudbuild.yaml</c> deploys it.</summary>
/// <param name="Name">Of the service.</param>
/// <param name="EntryPoint">The function's class.</param>
/// <param name="Project">The folder of the one project that is built.</param>
/// <param name="Flags">All further flags.</param>
internal sealed record DeployedService(string Name, string EntryPoint, string Project, IReadOnlyList<string> Flags)
{
    /// <summary>The environment variables with their values.</summary>
    public IReadOnlyDictionary<string, string> Variables => Pairs("--set-env-vars=");

    /// <summary>The variables that secrets fill, with the secrets' names and versions.</summary>
    public IReadOnlyDictionary<string, string> Secrets => Pairs("--set-secrets=");

    /// <summary>The value of a flag, or null.</summary>
    public string? Flag(string name) => Flags.FirstOrDefault(flag => flag.StartsWith($"--{name}=", StringComparison.Ordinal))?[(name.Length + 3)..];

    private Dictionary<string, string> Pairs(string flag) => Flags.Single(candidate => candidate.StartsWith(flag, StringComparison.Ordinal))[flag.Length..]
        .Split(',').Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
}
