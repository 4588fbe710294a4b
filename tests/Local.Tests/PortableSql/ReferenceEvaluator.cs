using System.Text.Json;
using System.Text.Json.Nodes;
using Aisle.Testing;

namespace Aisle.Local.Tests.PortableSql;

/// <summary>Google's own reference implementation of GoogleSQL (ZetaSQL), run by Node from an npm package.</summary>
internal static class ReferenceEvaluator
{
    private const string Package = "@fivetrandevelopers/zetasql";
    private const string Version = "1.13.0";

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(60);

    private static string Folder { get; } = Path.Combine(RepositoryRoot.Path, "artifacts", "zetasql");

    /// <summary>Fetches the package on first use.</summary>
    /// <returns>Null when it can be run; otherwise one line that says why not and how to have it.</returns>
    public static async Task<string?> ReasonForAbsenceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Command.RunAsync("node", ["--version"], RunLimit, cancellationToken);
            await InstallAsync(cancellationToken);
            return null;
        }
        catch (CommandException absent)
        {
            return $"GoogleSQL's evaluator is not here: {absent.Message}. Install Node 18 or newer on Linux or macOS, run "
                + $"`npm install --prefix artifacts/zetasql --no-audit --no-fund {Package}@{Version}` once with a network, and test again.";
        }
    }

    /// <summary>Runs all statements of a job on one server, which ends with the call.</summary>
    /// <param name="job">As <c>evaluate.mjs</c> says.</param>
    /// <param name="cancellationToken">Ends the server.</param>
    /// <returns>The answers by the cases' names.</returns>
    public static async Task<IReadOnlyDictionary<string, EvaluatedAnswer>> RunAsync(JsonObject job, CancellationToken cancellationToken)
    {
        using TemporaryFolder folder = new();
        await File.WriteAllTextAsync(folder.File("job.json"), job.ToJsonString(), cancellationToken);
        string script = Path.Combine(RepositoryRoot.Path, "tests", "Local.Tests", "PortableSql", "evaluate.mjs");
        string output = await Command.RunAsync("node", [script, Folder, folder.File("job.json")], RunLimit, cancellationToken);
        using JsonDocument answers = JsonDocument.Parse(output);
        return answers.RootElement.Clone().EnumerateArray()
            .ToDictionary(answer => answer.GetProperty("name").GetString()!, EvaluatedAnswer.Read);
    }

    /// <summary>npm writes its own lock file last, so that a broken installation is begun again.</summary>
    private static async Task InstallAsync(CancellationToken cancellationToken)
    {
        string modules = Path.Combine(Folder, "node_modules");
        if (File.Exists(Path.Combine(modules, ".package-lock.json")) && Directory.Exists(Path.Combine(modules, Package)))
        {
            return;
        }

        Directory.CreateDirectory(Folder);
        await Command.RunAsync(
            "npm", ["install", "--prefix", Folder, "--no-audit", "--no-fund", "--fetch-retries=1", $"{Package}@{Version}"], InstallLimit, cancellationToken);
    }
}
