using System.Text.Json;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
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

    /// <summary>What is wrong with fields, as an answer names it.</summary>
    /// <param name="faults">What was found.</param>
    /// <param name="path">Begins the name of a field, with a dot; empty at the top.</param>
    public static IEnumerable<FieldProblem> Problems(IEnumerable<EventFault> faults, string path = "") =>
        faults.Select(fault => new FieldProblem(path + fault.Field, fault.Problem, fault.Remedy));

    /// <summary>A problem for each field that an object should not have; none when it is no object.</summary>
    public static List<FieldProblem> Unknown(JsonElement json, KnownFields known)
    {
        List<EventFault> faults = [];
        if (json.ValueKind == JsonValueKind.Object)
        {
            known.Check(json, faults);
        }

        return [.. Problems(faults)];
    }

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
