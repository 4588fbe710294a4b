using System.Buffers;
using System.Text.Json;
using Aisle.AbReport.Page;
using Aisle.Experiments;

namespace Aisle.AbReport.Requests;

/// <summary>Experiments as the API shows them.</summary>
internal static class ExperimentJson
{
    /// <summary>One experiment.</summary>
    public static ReadOnlyMemory<byte> Write(Experiment experiment) => Write(json => Write(json, experiment));

    /// <summary>All experiments.</summary>
    public static ReadOnlyMemory<byte> Write(IEnumerable<Experiment> experiments) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartArray("experiments");
        foreach (Experiment experiment in experiments)
        {
            Write(json, experiment);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });

    private static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new(1_024);
        using (Utf8JsonWriter json = new(body))
        {
            write(json);
        }

        return body.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Experiment experiment)
    {
        json.WriteStartObject();
        json.WriteString("key", experiment.Key);
        json.WriteString("state", Words.Wire(experiment.State));
        json.WriteString("starts_at", experiment.StartsAt);
        json.WriteString("ends_at", experiment.EndsAt);
        json.WriteString("salt", experiment.Salt);
        if (experiment.StoppedAt is { } stopped)
        {
            json.WriteString("stopped_at", stopped);
        }

        if (experiment.Description is { } description)
        {
            json.WriteString("description", description);
        }

        if (experiment.Layer is { } layer)
        {
            json.WriteString("layer", layer);
        }

        if (experiment.IsAssignedElsewhere)
        {
            json.WriteBoolean("assigned_elsewhere", true);
        }

        json.WriteStartObject("overrides");
        foreach ((string visitor, string variant) in experiment.Overrides.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(visitor, variant);
        }

        json.WriteEndObject();
        json.WriteStartArray("variants");
        foreach (Variant variant in experiment.Variants)
        {
            json.WriteStartObject();
            json.WriteString("name", variant.Name);
            json.WriteNumber("from_bucket", variant.FromBucket);
            json.WriteNumber("to_bucket", variant.ToBucket);
            json.WriteStartObject("parameters");
            foreach ((string name, string value) in variant.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
