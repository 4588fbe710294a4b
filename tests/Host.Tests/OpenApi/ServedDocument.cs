using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;

namespace Aisle.Host.Tests.OpenApi;

/// <summary>The document of a running host, with its schemas made strict: a field that is not described is a fault.</summary>
internal sealed class ServedDocument
{
    private readonly JsonObject _root;
    private readonly JsonObject _definitions;

    private ServedDocument(JsonObject root)
    {
        _root = root;
        _definitions = Rewrite(root["components"]!["schemas"]!.DeepClone()).AsObject();
    }

    public JsonObject Paths => _root["paths"]!.AsObject();

    public static async Task<ServedDocument> ReadAsync(Uri host, CancellationToken cancellationToken)
    {
        using HttpClient client = new();
        return new ServedDocument(JsonNode.Parse(await client.GetStringAsync(new Uri(host, "/openapi.json"), cancellationToken))!.AsObject());
    }

    /// <summary>The properties that a schema names.</summary>
    public IEnumerable<string> PropertiesOf(string schema) => _definitions[schema]!["properties"]!.AsObject().Select(property => property.Key);

    /// <summary>What is wrong with an answer; empty when it is as described. Null when no JSON is described for it.</summary>
    public IReadOnlyList<string>? Check(string method, string path, int status, JsonElement body)
    {
        if (Operation(method, path) is not { } operation)
        {
            return [$"{method} {path} is not described"];
        }

        JsonNode? response = operation["responses"]![status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        if (response is null)
        {
            return [$"{method} {path}: the status {status} is not described"];
        }

        response = response["$ref"] is { } named ? _root["components"]!["responses"]![named.GetValue<string>().Split('/')[^1]] : response;
        return response!["content"]?.AsObject().FirstOrDefault(content => content.Key.Contains("json", StringComparison.Ordinal)).Value?["schema"] is { } schema
            ? Faults(schema, body)
            : null;
    }

    private JsonNode? Operation(string method, string path)
    {
        string[] asked = path.Trim('/').Split('/');
        return Paths.Where(entry => Fits(entry.Key.Trim('/').Split('/'), asked))
            .OrderBy(entry => entry.Key.Count(letter => letter == '{'))
            .Select(entry => entry.Value![method.ToLowerInvariant()])
            .FirstOrDefault(operation => operation is not null);
    }

    private static bool Fits(string[] template, string[] asked) =>
        template.Length == asked.Length && template.Zip(asked).All(pair => pair.First is ['{', ..] || pair.First == pair.Second);

    private List<string> Faults(JsonNode schema, JsonElement body)
    {
        JsonObject whole = Rewrite(schema.DeepClone()).AsObject();
        whole["$defs"] = _definitions.DeepClone();
        EvaluationResults results = JsonSchema.FromText(whole.ToJsonString()).Evaluate(body, new EvaluationOptions { OutputFormat = OutputFormat.List });
        return results.IsValid ? [] : [.. (results.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Key}: {error.Value}"))];
    }

    /// <summary>References as JSON Schema finds them, and objects closed that do not say that they are open.</summary>
    private static JsonNode Rewrite(JsonNode node)
    {
        JsonNode rewritten = JsonNode.Parse(node.ToJsonString().Replace("#/components/schemas/", "#/$defs/", StringComparison.Ordinal))!;
        Close(rewritten);
        return rewritten;
    }

    private static void Close(JsonNode? node)
    {
        if (node is JsonObject part)
        {
            if (part["type"]?.ToString() == "object" && part["properties"] is JsonObject { Count: > 0 } && !part.ContainsKey("additionalProperties"))
            {
                part["additionalProperties"] = false;
            }

            foreach ((_, JsonNode? child) in part)
            {
                Close(child);
            }
        }
        else if (node is JsonArray list)
        {
            foreach (JsonNode? child in list)
            {
                Close(child);
            }
        }
    }
}
