using System.Text.Json;

namespace Aisle.Host.Cli;

/// <summary>Turns a problem document into what a command prints: a line for each problem.</summary>
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
            UsageException[] all =
            [
                .. fields.EnumerateArray().Select(field => new UsageException(Text(field, "field") ?? "request", Text(field, "problem") ?? title, Text(field, "remedy") ?? title)),
            ];
            all[0].Further = [.. all.Skip(1).Select(further => further.Message)];
            return all[0];
        }

        return new UsageException("request", title.TrimEnd('.'), Text(problem, "detail") ?? "Run the command with --help.");
    }

    private static string? Text(JsonElement value, string name) =>
        value.TryGetProperty(name, out JsonElement member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
