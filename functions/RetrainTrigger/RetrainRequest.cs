using System.Text.Json;
using Aisle.Http;
using Aisle.Ports;
using Microsoft.AspNetCore.Http;

namespace Aisle.RetrainTrigger;

/// <summary>What <c>POST /v1/retrain</c> asks for.</summary>
/// <param name="Kind">What the run does; a retrain by default.</param>
/// <param name="IsForced">Whether a run that has ended today is followed by another; default false. Content runs always are.</param>
/// <param name="IfChanged">Whether a content run is made only when the catalogue changed; default false.</param>
public sealed record RetrainRequest(RunKind Kind, bool IsForced, bool IfChanged)
{
    private const int MaxBody = 16 * 1024;
    private const int MostEchoed = 64;

    private static readonly string[] Known = ["kind", "force", "if_changed"];

    /// <summary>Reads the body; none at all is fine, for a scheduler sends none.</summary>
    /// <returns>The request, or what is wrong with it.</returns>
    /// <exception cref="BodyRefusedException">The body is no JSON.</exception>
    public static async Task<(RetrainRequest? Request, IReadOnlyList<FieldProblem> Problems)> ReadAsync(HttpContext context)
    {
        ReadOnlyMemory<byte> body = await Bodies.ReadAsync(context, MaxBody);
        if (body.Length == 0)
        {
            return (new RetrainRequest(RunKind.Retrain, false, false), []);
        }

        using JsonDocument json = Bodies.Parse(body);
        return json.RootElement.ValueKind == JsonValueKind.Object ? Read(json.RootElement) : (null, [NoObject]);
    }

    private static FieldProblem NoObject => new("body", "not a JSON object", "Send {\"force\": true}, or no body.");

    private static (RetrainRequest? Request, IReadOnlyList<FieldProblem> Problems) Read(JsonElement json)
    {
        List<FieldProblem> problems = [.. json.EnumerateObject().Select(member => member.Name).Where(name => !Known.Contains(name)).Distinct().Select(Unknown)];
        bool force = Truth(json, "force", problems);
        bool ifChanged = Truth(json, "if_changed", problems);
        RunKind? kind = !json.TryGetProperty("kind", out JsonElement named) ? RunKind.Retrain
            : named.ValueKind == JsonValueKind.String && named.GetString() is "retrain" or "content" ? (named.GetString() == "content" ? RunKind.Content : RunKind.Retrain)
            : null;
        if (kind is null)
        {
            problems.Add(new FieldProblem("kind", "neither retrain nor content", "Send \"retrain\" to train anew, \"content\" to embed the catalogue anew."));
        }

        if (ifChanged && kind == RunKind.Retrain)
        {
            problems.Add(new FieldProblem("if_changed", "only for content runs", "Send \"kind\": \"content\" with it, or leave it out."));
        }

        return problems.Count == 0 ? (new RetrainRequest(kind!.Value, force || kind == RunKind.Content, ifChanged), []) : (null, problems);
    }

    private static FieldProblem Unknown(string name) =>
        new(name[..Math.Min(name.Length, MostEchoed)], "unknown", $"Send {string.Join(", ", Known)}, or leave it out.");

    private static bool Truth(JsonElement json, string name, List<FieldProblem> problems)
    {
        if (!json.TryGetProperty(name, out JsonElement value))
        {
            return false;
        }

        if (value.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
        {
            problems.Add(new FieldProblem(name, "not true or false", $"Send {{\"{name}\": true}}, or leave it out."));
        }

        return value.ValueKind == JsonValueKind.True;
    }
}
