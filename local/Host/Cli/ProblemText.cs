using System.Text.Json;

namespace Aisle.Host.Cli;

/// <summary>Turns a problem document into the one line that a command prints.</summary>
internal static class ProblemText
{
    /// <summary>The exception that says what the document says.</summary>
    public static UsageException ToException(HttpResponseMessage response, byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return new UsageException(
                response.RequestMessage?.RequestUri?.PathAndQuery ?? "request", $"the host answered {(int)response.StatusCode}", "Look at its log.");
        }
    }

    private static UsageException Read(JsonElement problem)
    {
        string title = Text(problem, "title") ?? "The request failed.";
        if (problem.TryGetProperty("problems", out JsonElement fields) && fields.GetArrayLength() > 0)
        {
            JsonElement first = fields[0];
            return new UsageException(Text(first, "field") ?? "request", Text(first, "problem") ?? title, Text(first, "remedy") ?? title);
        }

        return new UsageException("request", title.TrimEnd('.'), Text(problem, "detail") ?? "Run the command with --help.");
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
