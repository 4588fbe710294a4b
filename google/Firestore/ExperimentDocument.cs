using Aisle.Experiments;

namespace Aisle.GoogleCloud.Firestore;

/// <summary>How an experiment stands in a document.</summary>
internal static class ExperimentDocument
{
    /// <summary>The fields of an experiment.</summary>
    public static Dictionary<string, object?> Encode(Experiment experiment) => new()
    {
        ["key"] = experiment.Key,
        ["salt"] = experiment.Salt,
        ["variants"] = experiment.Variants.Select(Encode).ToArray(),
        ["starts_at"] = experiment.StartsAt,
        ["ends_at"] = experiment.EndsAt,
        ["state"] = experiment.State.ToString(),
        ["stopped_at"] = experiment.StoppedAt,
        ["description"] = experiment.Description,
        ["layer"] = experiment.Layer,
        ["assigned_elsewhere"] = experiment.IsAssignedElsewhere,
        ["overrides"] = experiment.Overrides.ToDictionary(pair => pair.Key, pair => (object?)pair.Value),
    };

    /// <summary>The experiment of a document.</summary>
    /// <exception cref="InvalidDataException">A field is missing or of another type.</exception>
    public static Experiment Decode(DocumentFields document) => new()
    {
        Key = document.Text("key"),
        Salt = document.Text("salt"),
        Variants = [.. document.Maps("variants").Select(DecodeVariant)],
        StartsAt = document.Instant("starts_at"),
        EndsAt = document.Instant("ends_at"),
        State = document.Word<ExperimentState>("state"),
        StoppedAt = document.InstantOrNull("stopped_at"),
        Description = document.TextOrNull("description"),
        Layer = document.TextOrNull("layer"),
        IsAssignedElsewhere = document.TruthOrNull("assigned_elsewhere") ?? false,
        Overrides = document.DocumentOrNull("overrides") is null ? new Dictionary<string, string>() : document.Map<string>("overrides"),
    };

    private static Dictionary<string, object?> Encode(Variant variant) => new()
    {
        ["name"] = variant.Name,
        ["from_bucket"] = variant.FromBucket,
        ["to_bucket"] = variant.ToBucket,
        ["parameters"] = variant.Parameters.ToDictionary(parameter => parameter.Key, parameter => (object?)parameter.Value),
    };

    private static Variant DecodeVariant(DocumentFields map) => new(
        map.Text("name"), checked((int)map.Whole("from_bucket")), checked((int)map.Whole("to_bucket")), map.Map<string>("parameters"));
}
