using System.Text.Json;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Http;
using Aisle.Privacy;

namespace Aisle.AbReport;

/// <summary>Reads an experiment as a caller writes it, and says everything that is wrong with it.</summary>
/// <param name="pseudonymizer">Turns the shop's own ids of overridden visitors into ours.</param>
internal sealed class ExperimentRequest(Pseudonymizer pseudonymizer)
{
    private const int MostOverrides = 100;

    private readonly List<FieldProblem> _problems = [];

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>A new experiment; null when there are problems.</summary>
    public Experiment? ReadNew(JsonElement body)
    {
        if (!IsObject(body))
        {
            return null;
        }

        string? key = Text(body, "key");
        if (key is null || !IsKey(key))
        {
            Add("key", "missing, or not made of lower-case letters, digits, dashes and underscores", "Send a key such as home-variety, at most 128 characters.");
        }

        IReadOnlyList<Variant> variants = Variants(body);
        DateTimeOffset? from = Instant(body, "starts_at");
        DateTimeOffset? to = Instant(body, "ends_at");
        ExperimentState? state = body.TryGetProperty("state", out _) ? State(body) : ExperimentState.Draft;
        if (from >= to)
        {
            Add("ends_at", "not after starts_at", "Send a later instant.");
        }

        string? layer = Layer(body);
        IReadOnlyDictionary<string, string> overrides = Overrides(body, variants);
        return _problems.Count > 0
            ? null
            : new Experiment
            {
                Key = key!,
                Salt = layer ?? Text(body, "salt") ?? key!,
                Variants = variants,
                StartsAt = from!.Value,
                EndsAt = to!.Value,
                State = state!.Value,
                Description = Text(body, "description"),
                Layer = layer,
                Overrides = overrides,
            };
    }

    /// <summary>An experiment with the given fields changed: state, ends_at, description, overrides; null when there are problems.</summary>
    public Experiment? ReadChange(JsonElement body, Experiment known)
    {
        if (!IsObject(body))
        {
            return null;
        }

        foreach (JsonProperty member in body.EnumerateObject().Where(member => member.Name is not ("state" or "ends_at" or "description" or "overrides")))
        {
            Add(member.Name, "cannot be changed once an experiment exists", "Change state, ends_at, description or overrides, or make a new experiment.");
        }

        Experiment changed = known with
        {
            State = body.TryGetProperty("state", out _) ? State(body) ?? known.State : known.State,
            EndsAt = body.TryGetProperty("ends_at", out _) ? Instant(body, "ends_at") ?? known.EndsAt : known.EndsAt,
            Description = body.TryGetProperty("description", out _) ? Text(body, "description") : known.Description,
            Overrides = body.TryGetProperty("overrides", out _) ? Overrides(body, known.Variants) : known.Overrides,
        };
        if (changed.EndsAt <= changed.StartsAt)
        {
            Add("ends_at", "not after starts_at", "Send a later instant.");
        }

        return _problems.Count > 0 ? null : changed;
    }

    private bool IsObject(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object)
        {
            return true;
        }

        Add("body", "no JSON object", "Send one object with the experiment's fields.");
        return false;
    }

    private string? Layer(JsonElement body)
    {
        if (!body.TryGetProperty("layer", out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        string? layer = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (layer is null || !IsKey(layer))
        {
            Add("layer", "not made of lower-case letters, digits, dashes and underscores", "Send a name such as home-page, or leave it out.");
        }
        else if (body.TryGetProperty("salt", out _))
        {
            Add("salt", "given beside a layer", "Leave it out: experiments of one layer share the layer's salt.");
        }

        return layer;
    }

    private Dictionary<string, string> Overrides(JsonElement body, IReadOnlyList<Variant> variants)
    {
        Dictionary<string, string> overrides = [];
        if (!body.TryGetProperty("overrides", out JsonElement given))
        {
            return overrides;
        }

        if (given.ValueKind != JsonValueKind.Object || given.GetPropertyCount() > MostOverrides)
        {
            Add("overrides", $"not an object, or more than {MostOverrides} visitors", "Send an object such as {\"visitor-17\":\"treatment\"}.");
            return overrides;
        }

        foreach (JsonProperty visitor in given.EnumerateObject())
        {
            string? variant = visitor.Value.ValueKind == JsonValueKind.String ? visitor.Value.GetString() : null;
            if (!Identity.IsValid(visitor.Name) || !variants.Any(known => known.Name == variant))
            {
                Add($"overrides.{visitor.Name}", "no visitor's id, or not the name of a variant", $"Send one of {string.Join(", ", variants.Select(known => known.Name))}.");
            }
            else
            {
                overrides[pseudonymizer.AssignmentOf(visitor.Name).Value] = variant!;
            }
        }

        return overrides;
    }

    private List<Variant> Variants(JsonElement body)
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
        string? name = variant.ValueKind == JsonValueKind.Object ? Text(variant, "name") : null;
        if (name is null || !IsKey(name) || variants.Exists(other => other.Name == name))
        {
            Add($"{path}.name", "missing, used twice, or not made of lower-case letters, digits, dashes and underscores", "Send a name such as control.");
            return;
        }

        int from = weighted?.From ?? Bucket(variant, "from_bucket");
        int to = weighted?.To ?? Bucket(variant, "to_bucket");
        if (from < 0 || to <= from || variants.Exists(other => from < other.ToBucket && other.FromBucket < to))
        {
            Add($"{path}.from_bucket", "no range of its own", "Send from_bucket and to_bucket with 0 ≤ from_bucket < to_bucket ≤ 10000, without overlap between variants; or a positive weight for every variant.");
            return;
        }

        variants.Add(new Variant(name, from, to, Parameters(variant, path)));
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

    private ExperimentState? State(JsonElement body)
    {
        ExperimentState? state = Text(body, "state") switch
        {
            "draft" => ExperimentState.Draft,
            "running" => ExperimentState.Running,
            "stopped" => ExperimentState.Stopped,
            _ => null,
        };
        if (state is null)
        {
            Add("state", "unknown", "Send draft, running or stopped.");
        }

        return state;
    }

    private DateTimeOffset? Instant(JsonElement body, string name)
    {
        if (body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset instant))
        {
            return instant.ToUniversalTime();
        }

        Add(name, "missing or no instant", "Send an instant such as 2026-01-15T00:00:00Z.");
        return null;
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsKey(string text) => Identity.IsValid(text) && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');

    private void Add(string field, string problem, string remedy) => _problems.Add(new FieldProblem(field, problem, remedy));
}
