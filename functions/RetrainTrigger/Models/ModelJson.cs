using System.Text.Json;
using Aisle.Candidates;
using Aisle.Events;
using Aisle.RetrainTrigger.Runs;

namespace Aisle.RetrainTrigger.Models;

/// <summary>Models as the API shows them.</summary>
internal static class ModelJson
{
    private const int Named = 100;

    /// <summary>The list.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ShelfEntry> models)
    {
        json.WriteStartObject();
        json.WriteStartArray("models");
        foreach (ShelfEntry model in models)
        {
            json.WriteStartObject();
            WriteLine(json, model);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>The model card: what it is, what it was trained on and how, how it did, and why it serves or does not.</summary>
    public static void WriteCard(Utf8JsonWriter json, ShelfEntry model)
    {
        json.WriteStartObject();
        WriteLine(json, model);
        json.WriteBoolean("files_are_whole", model.Problem is null);
        json.WriteString("problem", model.Problem);
        if (model.Bundle is { } bundle)
        {
            WriteBundle(json, bundle);
        }

        json.WritePropertyName("run");
        if (model.Run is { } run)
        {
            RunJson.Write(json, run);
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteEndObject();
    }

    /// <summary>How two models differ.</summary>
    public static void Write(Utf8JsonWriter json, ModelDifference difference)
    {
        json.WriteStartObject();
        json.WriteString("earlier", difference.Earlier);
        json.WriteString("later", difference.Later);
        Products(json, "added", difference.Added);
        Products(json, "removed", difference.Removed);
        json.WriteStartObject("slates");
        foreach ((string name, double value) in difference.Counts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteNumber(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteLine(Utf8JsonWriter json, ShelfEntry model)
    {
        json.WriteString("version", model.Version);
        json.WriteBoolean("serves", model.Serves);
        json.WriteBoolean("served_before", model.IsPrevious);
        json.WriteString("run_state", model.Run is { } run ? JsonNamingPolicy.SnakeCaseLower.ConvertName(run.State.ToString()) : null);
    }

    private static void WriteBundle(Utf8JsonWriter json, ModelBundle bundle)
    {
        json.WriteString("as_of", bundle.AsOf);
        json.WriteString("newest_event_at", bundle.NewestEventAt);
        json.WriteString("trained_at", bundle.TrainedAt);
        json.WriteNumber("products", bundle.Products.Count);
        json.WriteNumber("factors", bundle.Factorization.Factors);
        json.WriteNumber("iterations", bundle.Factorization.Iterations);
        json.WriteNumber("half_life_days", Math.Round(Math.Log(2) / Math.Max(bundle.Feedback.DecayPerDay, 1e-12), 2));
        json.WriteNumber("window_days", bundle.Feedback.Window.TotalDays);
        json.WriteBoolean("has_content", bundle.Content.HasAnyContent);
        json.WriteNumber("cohorts", bundle.Popularity.Cohorts.Count);
    }

    private static void Products(Utf8JsonWriter json, string name, IReadOnlyList<ProductId> products)
    {
        json.WriteNumber($"{name}_count", products.Count);
        json.WriteStartArray(name);
        foreach (ProductId product in products.Take(Named))
        {
            json.WriteStringValue(product.Value);
        }

        json.WriteEndArray();
    }
}
