using System.Text.Json;
using Aisle.Events;
using Aisle.Experiments;
using Aisle.Http;
using Aisle.Privacy;

namespace Aisle.AbReport.Requests;

/// <summary>Reads an experiment as a caller writes it, and says everything that is wrong with it.</summary>
/// <param name="pseudonymizer">Turns the shop's own ids of overridden visitors into ours.</param>
/// <param name="now">When an experiment that is to stop stops.</param>
internal sealed class ExperimentRequest(Pseudonymizer pseudonymizer, DateTimeOffset now)
{
    // Nearer the ends of the calendar the days around an experiment would fall off it.
    private const int FirstYear = 1970;
    private const int LastYear = 9000;

    private const int MostOverrides = 100;

    private readonly List<FieldProblem> _problems = [];

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<FieldProblem> Problems => _problems;

    /// <summary>The new experiment as far as it could be read, perhaps with problems: enough to see whether its buckets
    /// are free; null when not even that.</summary>
    public Experiment? Placed { get; private set; }

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
            Add("key", "missing, or not made of lower-case letters, digits, dashes and "
                + "underscores", "Send a key such as home-variety, at most 128 characters.");
        }

        IReadOnlyList<Variant> variants = new VariantReader(_problems).Read(body);
        DateTimeOffset? from = Instant(body, "starts_at");
        DateTimeOffset? to = Instant(body, "ends_at");
        ExperimentState? state = body.TryGetProperty("state", out _) ? State(body) : ExperimentState.Draft;
        if (from >= to)
        {
            Add("ends_at", "not after starts_at", "Send a later instant.");
        }

        string? layer = Layer(body);
        string? salt = OptionalText(body, "salt");
        string? description = OptionalText(body, "description");
        IReadOnlyDictionary<string, string> overrides = Overrides(body, variants);
        _problems.AddRange(RequestFields.Unknown(body, [.. RequestFields.OfExperiment, .. ShownFields.Names], ""));
        _problems.AddRange(ShownFields.Problems(body, state, from));
        bool areVariantsWhole = !_problems.Exists(problem => problem.Field.StartsWith("variants", StringComparison.Ordinal)); // else a clash would name the wrong one
        if (from < to && state is not null && areVariantsWhole)
        {
            Placed = new Experiment
            {
                Key = key ?? "",
                Salt = layer ?? salt ?? key ?? "",
                Variants = variants,
                StartsAt = from.Value,
                EndsAt = to.Value,
                State = state.Value,
                StoppedAt = ShownFields.StoppedOf(body),
                IsAssignedElsewhere = ShownFields.IsAssignedElsewhere(body),
                Description = description,
                Layer = layer,
                Overrides = overrides,
            };
        }

        return _problems.Count > 0 ? null : Placed;
    }

    /// <summary>An experiment with the given fields changed: state, ends_at, description, overrides; null when
    /// there are problems. What repeats the experiment as it is shown changes nothing, whatever the field.</summary>
    public Experiment? ReadChange(JsonElement body, Experiment known)
    {
        if (!IsObject(body))
        {
            return null;
        }

        using JsonDocument shown = JsonDocument.Parse(ExperimentJson.Write(known));
        HashSet<string> repeated = [.. body.EnumerateObject().Where(member => ShownFields.Repeats(member, shown.RootElement)).Select(member => member.Name)];
        foreach (string name in body.EnumerateObject().Select(member => member.Name).Where(name => !RequestFields.Changeable.Contains(name) && !repeated.Contains(name)))
        {
            string problem = RequestFields.OfExperiment.Contains(name) || ShownFields.Names.Contains(name) ? "cannot be changed once an experiment exists" : "unknown";
            Add(name, problem, $"Change {string.Join(", ", RequestFields.Changeable)}, or make a new experiment.");
        }

        ExperimentState state = body.TryGetProperty("state", out _) ? State(body) ?? known.State : known.State;
        Experiment changed = known with
        {
            State = state,
            StoppedAt = known.StoppedAt ?? (state == ExperimentState.Stopped ? now : null),
            EndsAt = body.TryGetProperty("ends_at", out _) ? Instant(body, "ends_at") ?? known.EndsAt : known.EndsAt,
            Description = body.TryGetProperty("description", out _) ? OptionalText(body, "description") : known.Description,
            Overrides = body.TryGetProperty("overrides", out _) && !repeated.Contains("overrides") ? Overrides(body, known.Variants) : known.Overrides,
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
        else if (body.TryGetProperty("salt", out JsonElement salt) && !(salt.ValueKind == JsonValueKind.String && salt.ValueEquals(layer)))
        {
            Add("salt", "not the layer's", "Leave it out: experiments of one layer share the layer's salt.");
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
                Add($"overrides.{visitor.Name}", "no visitor's id, or not the name of a variant", $"Send one of "
                    + $"{string.Join(", ", variants.Select(known => known.Name))}.");
            }
            else
            {
                overrides[pseudonymizer.AssignmentOf(visitor.Name).Value] = variant!;
            }
        }

        return overrides;
    }

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
        if (body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out DateTimeOffset instant)
            && instant.Year is >= FirstYear and <= LastYear)
        {
            return instant.ToUniversalTime();
        }

        Add(name, "missing or no instant of our time", "Send an instant such as 2026-01-15T00:00:00Z.");
        return null;
    }

    // Null where there is none, or where it is null.
    private string? OptionalText(JsonElement body, string name)
    {
        if (body.TryGetProperty(name, out JsonElement value) && value.ValueKind is not (JsonValueKind.String or JsonValueKind.Null))
        {
            Add(name, "no text", "Send a text in quotes, or leave it out.");
        }

        return Text(body, name);
    }

    private static string? Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>Whether a text can name an experiment, a layer or a variant.</summary>
    public static bool IsKey(string text) => Identity.IsValid(text) && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_');

    private void Add(string field, string problem, string remedy) => _problems.Add(new FieldProblem(field, problem, remedy));
}
