using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>The OpenAPI document of one or several functions. Each function describes its own paths in the file <c>openapi.json</c> beside
/// its endpoint; what they share (keys, problems, health) stands in that of this project.</summary>
public sealed class ApiDescription
{
    private const string Resource = "openapi.json";

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _bytes;

    private ApiDescription(JsonObject document) => _bytes = JsonSerializer.SerializeToUtf8Bytes(document, Plain);

    /// <summary>The document, UTF-8.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;

    /// <summary>Joins the descriptions of functions.</summary>
    /// <param name="functions">Their assemblies.</param>
    /// <exception cref="InvalidOperationException">An assembly has no description, or two describe the same path or schema.</exception>
    public static ApiDescription Of(params IEnumerable<Assembly> functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        JsonObject document = Read(typeof(ApiDescription).Assembly);
        foreach (Assembly function in functions)
        {
            JsonObject part = Read(function);
            Join(document["paths"]!.AsObject(), part["paths"]!.AsObject(), function);
            Join(document["components"]!["schemas"]!.AsObject(), part["components"]!["schemas"]!.AsObject(), function);
        }

        return new ApiDescription(document);
    }

    /// <summary>Answers with the document.</summary>
    public async Task WriteAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = _bytes.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(_bytes, context.RequestAborted);
    }

    private static JsonObject Read(Assembly assembly)
    {
        using Stream stream = assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{assembly.GetName().Name} was built without its {Resource}.");
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static void Join(JsonObject whole, JsonObject part, Assembly function)
    {
        foreach ((string name, JsonNode? value) in part)
        {
            if (!whole.TryAdd(name, value?.DeepClone()))
            {
                throw new InvalidOperationException($"{name} of {function.GetName().Name}'s {Resource} is described elsewhere too.");
            }
        }
    }
}
