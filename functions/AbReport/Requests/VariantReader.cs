using System.Text.Json;
using Aisle.Experiments;
using Aisle.Http;

namespace Aisle.AbReport.Requests;

/// <summary>Reads the variants of an experiment as a caller writes them: bucket ranges or weights, and what each changes.</summary>
/// <param name="problems">Gets what is wrong.</param>
internal sealed class VariantReader(List<FieldProblem> problems)
{
    /// <summary>The variants, the control first; those with problems are left out.</summary>
    /// <param name="body">The experiment.</param>
    public IReadOnlyList<Variant> Read(JsonElement body)
    {
        List<Variant> variants = [];
        if (!body.TryGetProperty("variants", out JsonElement list) || list.ValueKind != JsonValueKind.Array || list.GetArrayLength() < 2)
        {
            Add("variants", "missing, or fewer than two", "Send at least a control and one variant, the control first.");
            return variants;
        }

        JsonElement[] given = [.. list.EnumerateArray()];
        int[]? edges = VariantWeights.Edges(given);
        foreach ((int index, JsonElement variant) in given.Index())
        {
            Read(variants, variant, $"variants[{index}]", edges is null ? null : (edges[index], edges[index + 1]));
        }

        return variants;
    }

    private void Read(List<Variant> variants, JsonElement variant, string path, (int From, int To)? weighted)
    {
        if (variant.ValueKind != JsonValueKind.Object)
        {
            Add(path, "not an object", "Send an object such as {\"name\":\"control\",\"weight\":1}.");
            return;
        }

        int before = problems.Count;
        string? name = Text(variant, "name");
        if (name is null || !ExperimentRequest.IsKey(name) || variants.Exists(other => other.Name == name))
        {
            Add($"{path}.name", "missing, used twice, or not made of lower-case letters, digits, dashes and "
                + "underscores", "Send a name such as control.");
        }

        (int from, int to) = Range(variants, variant, path, weighted);
        Dictionary<string, string> parameters = Parameters(variant, path);
        problems.AddRange(RequestFields.Unknown(variant, RequestFields.OfVariant, $"{path}."));
        if (problems.Count == before)
        {
            variants.Add(new Variant(name!, from, to, parameters));
        }
    }

    private (int From, int To) Range(List<Variant> variants, JsonElement variant, string path, (int From, int To)? weighted)
    {
        if (weighted is not null && (variant.TryGetProperty("from_bucket", out _) || variant.TryGetProperty("to_bucket", out _)))
        {
            Add($"{path}.weight", "given beside from_bucket or to_bucket", "Send weights or ranges, not both.");
        }

        int from = weighted?.From ?? Bucket(variant, "from_bucket");
        int to = weighted?.To ?? Bucket(variant, "to_bucket");
        if (from < 0 || to <= from || variants.Exists(other => from < other.ToBucket && other.FromBucket < to))
        {
            Add($"{path}.from_bucket", "no range of its own", "Send from_bucket and to_bucket with 0 ≤ from_bucket < to_bucket ≤ 10000, "
                + "without overlap between variants; or a positive weight for every variant.");
        }

        return (from, to);
    }

    private Dictionary<string, string> Parameters(JsonElement variant, string path)
    {
        Dictionary<string, string> parameters = [];
        if (!variant.TryGetProperty("parameters", out JsonElement given))
        {
            return parameters;
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            Add($"{path}.parameters", "not an object", "Send an object such as {\"mmr_lambda\":\"0.5\"}.");
            return parameters;
        }

        foreach (JsonProperty parameter in given.EnumerateObject())
        {
            string value = parameter.Value.ValueKind == JsonValueKind.String ? parameter.Value.GetString()! : parameter.Value.GetRawText();
            if (ServingParameters.Remedy(parameter.Name, value) is { } remedy)
            {
                Add($"{path}.parameters.{parameter.Name}", "not a value that it can have", remedy);
            }

            parameters[parameter.Name] = value;
        }

        return parameters;
    }

    private static int Bucket(JsonElement variant, string name) =>
        variant.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number
            && value.TryGetInt32(out int bucket) && bucket is >= 0 and <= Assignment.Buckets ? bucket : -1;

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private void Add(string field, string problem, string remedy) => problems.Add(new FieldProblem(field, problem, remedy));
}
