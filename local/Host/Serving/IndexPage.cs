using Aisle.Http;
using Route = Aisle.Http.Route;

namespace Aisle.Host.Serving;

/// <summary><c>GET /</c>: which paths there are and which key each wants, so that an address alone is a place to begin.</summary>
/// <param name="endpoints">The functions.</param>
internal sealed class IndexPage(IReadOnlyList<IEndpoint> endpoints)
{
    /// <summary>Answers with the list.</summary>
    public Task WriteAsync(HttpContext context) => JsonAnswer.WriteAsync(context, StatusCodes.Status200OK, json =>
    {
        json.WriteStartObject();
        json.WriteString("name", "Aisle");
        json.WriteString("description", "openapi.json");
        json.WriteString("key_header", "X-Api-Key");
        json.WriteStartArray("paths");
        foreach (Route route in endpoints.SelectMany(endpoint => endpoint.Routes.Routes).DistinctBy(route => (route.Method, route.Template.Trim('/')))
            .Where(route => route.Template.Trim('/').Length > 0).OrderBy(route => route.Template.Trim('/'), StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("method", route.Method);
            json.WriteString("path", "/" + route.Template.Trim('/'));
            json.WriteString("role", route.Role == ApiRole.None ? null : route.Role.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    });
}
