using System.Text.Json;
using Aisle.Testing;

namespace Aisle.Deploy.Tests;

/// <summary>The Terraform files of <c>deploy/</c>, read by HashiCorp's parser; expressions are texts within <c>${…}</c>.</summary>
internal sealed class TerraformFiles(JsonElement files)
{
    private const string Package = "@cdktf/hcl2json";
    private const string Version = "0.21.0";

    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RunLimit = TimeSpan.FromSeconds(60);

    private static readonly SemaphoreSlim Installing = new(1); // tests of several classes read at once; two installations into one folder break each other

    private static string Packages { get; } = Path.Combine(RepositoryRoot.Path, "artifacts", "hcl2json");

    /// <summary>Reads them, fetching the parser on first use.</summary>
    /// <returns>The files, or null with one line that says why they could not be read and what to do.</returns>
    public static async Task<(TerraformFiles? Files, string? ReasonForAbsence)> ReadAsync(CancellationToken cancellationToken)
    {
        await Installing.WaitAsync(cancellationToken);
        try
        {
            if (!File.Exists(Path.Combine(Packages, "node_modules", ".package-lock.json")))
            {
                Directory.CreateDirectory(Packages);
                await Command.RunAsync(
                    "npm", ["install", "--prefix", Packages, "--no-audit", "--no-fund", "--fetch-retries=1", $"{Package}@{Version}"], InstallLimit, cancellationToken);
            }
        }
        catch (CommandException absent)
        {
            return (null, $"Terraform's parser is not here: {absent.Message}. Install Node 18 or newer, run "
                + $"`npm install --prefix artifacts/hcl2json --no-audit --no-fund {Package}@{Version}` once with a network, and test again.");
        }
        finally
        {
            Installing.Release();
        }

        string script = Path.Combine(RepositoryRoot.Path, "tests", "Deploy.Tests", "terraform.mjs");
        string output = await Command.RunAsync("node", [script, Packages, Path.Combine(RepositoryRoot.Path, "deploy")], RunLimit, cancellationToken);
        using JsonDocument document = JsonDocument.Parse(output);
        return (new TerraformFiles(document.RootElement.Clone()), null);
    }

    /// <summary>A local value that is no expression.</summary>
    public JsonElement Local(string name) => files.EnumerateObject()
        .Where(file => file.Value.TryGetProperty("locals", out _))
        .SelectMany(file => file.Value.GetProperty("locals").EnumerateArray())
        .Where(locals => locals.TryGetProperty(name, out _))
        .Select(locals => locals.GetProperty(name))
        .Single();

    /// <summary>All resources of a type by their names.</summary>
    public IReadOnlyDictionary<string, JsonElement> Resources(string type) => files.EnumerateObject()
        .Where(file => file.Value.TryGetProperty("resource", out JsonElement resources) && resources.TryGetProperty(type, out _))
        .SelectMany(file => file.Value.GetProperty("resource").GetProperty(type).EnumerateObject())
        .ToDictionary(resource => resource.Name, resource => resource.Value[0]);

    /// <summary>All resources, as <c>type.name</c>.</summary>
    public IReadOnlyCollection<string> Addresses => TwoDeep("resource");

    /// <summary>All data sources, as <c>type.name</c>.</summary>
    public IReadOnlyCollection<string> DataSources => TwoDeep("data");

    /// <summary>The names of all local values.</summary>
    public IReadOnlyCollection<string> Locals => [.. Blocks("locals").SelectMany(locals => locals.EnumerateArray()).SelectMany(locals => locals.EnumerateObject()).Select(local => local.Name)];

    /// <summary>All variables.</summary>
    public IReadOnlyCollection<string> Variables => [.. files.EnumerateObject()
        .Where(file => file.Value.TryGetProperty("variable", out _))
        .SelectMany(file => file.Value.GetProperty("variable").EnumerateObject())
        .Select(variable => variable.Name)];

    private string[] TwoDeep(string kind) =>
        [.. Blocks(kind).SelectMany(types => types.EnumerateObject()).SelectMany(type => type.Value.EnumerateObject(), (type, block) => $"{type.Name}.{block.Name}")];

    private IEnumerable<JsonElement> Blocks(string kind) =>
        files.EnumerateObject().Where(file => file.Value.TryGetProperty(kind, out _)).Select(file => file.Value.GetProperty(kind));

    /// <summary>The files as text, for what is asked of them all.</summary>
    public override string ToString() => files.GetRawText();
}
