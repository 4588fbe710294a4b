using System.Text.Json;
using Aisle.Http;
using Microsoft.AspNetCore.Http;

namespace Aisle.IngestEvent;

/// <summary>Small JSON answers and fields.</summary>
internal static class Json
{
    /// <summary>Answers with one JSON object.</summary>
    public static Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> properties) => JsonAnswer.WriteAsync(context, status, json =>
    {
        json.WriteStartObject();
        properties(json);
        json.WriteEndObject();
    });

    /// <summary>A required identity of the object.</summary>
    public static string? Identity(JsonElement json, string field, List<FieldProblem> problems)
    {
        string? text = json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
        if (Events.Identity.IsValid(text))
        {
            return text;
        }

        problems.Add(new FieldProblem(field, "missing or no identity", $"Send a text of 1 to {Events.Identity.MaxLength} characters."));
        return null;
    }
}
