using Aisle.Http;

namespace Aisle.Host.Serving;

/// <summary>Hands a request to the function that owns its path, as the four deployments do on Google.</summary>
internal sealed class EndpointDispatcher
{
    /// <summary>The longest query string that is read, in characters; the server takes longer ones so that they can be refused in words.</summary>
    private const int MaxQuery = 8 * 1024;

    /// <summary>The most characters of all headers together, names and values; the server takes more so that they can be refused in words.</summary>
    private const int MaxHeaders = 32 * 1024;

    private const int MaxHeaderCount = 100;

    private static readonly Problem TooLong = new(
        StatusCodes.Status414UriTooLong, "uri_too_long", "The address is too long to be read.", null,
        [new("query", $"it has more than {MaxQuery} characters", "Send the same fields as the JSON body of a POST.")]);

    private static readonly Problem HeadersTooLarge = new(
        StatusCodes.Status431RequestHeaderFieldsTooLarge, "headers_too_large", "The request's headers are too large to be read.", null,
        [new("headers", $"they have more than {MaxHeaders} characters, or are more than {MaxHeaderCount}", "Send fewer headers and cookies; fields go into the query or the body.")]);

    private readonly IEndpoint[] _endpoints;
    private readonly IndexPage _index;
    private readonly Dictionary<string, IEndpoint> _literal = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IEndpoint>.AlternateLookup<ReadOnlySpan<char>> _byPath;

    /// <summary>Notes who owns which path; of several owners the first.</summary>
    /// <param name="functions">The functions.</param>
    /// <param name="keys">The keys of the paths.</param>
    /// <param name="clock">What answers are timed by.</param>
    public EndpointDispatcher(IEnumerable<IEndpoint> functions, ApiKeys keys, TimeProvider clock)
    {
        IEndpoint[] all = [.. functions];
        _endpoints = [new HealthEndpoint(all, keys, clock), .. all];
        _index = new IndexPage(_endpoints);
        foreach (IEndpoint endpoint in _endpoints)
        {
            foreach (Aisle.Http.Route route in endpoint.Routes.Routes.Where(route => !route.Template.Contains('{')))
            {
                _literal.TryAdd(route.Template.Trim('/'), endpoint);
            }
        }

        _byPath = _literal.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Answers the request; a path that no function owns is answered by the first one's 404, and <c>GET /</c> by the list of all paths.</summary>
    public Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = context.Request.Path.Value ?? "/";
        if (context.Request.QueryString.Value is { Length: > MaxQuery })
        {
            return ProblemWriter.WriteAsync(context, TooLong);
        }

        if (HasTooManyHeaders(context.Request.Headers))
        {
            return ProblemWriter.WriteAsync(context, HeadersTooLarge);
        }

        if (path.Length <= 1 && HttpMethods.IsGet(context.Request.Method))
        {
            return _index.WriteAsync(context);
        }

        return (_byPath.TryGetValue(path.AsSpan().Trim('/'), out IEndpoint? owner) ? owner : OwnerOf(path)).HandleAsync(context);
    }

    private static bool HasTooManyHeaders(IHeaderDictionary headers)
    {
        if (headers.Count > MaxHeaderCount)
        {
            return true;
        }

        int characters = 0;
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in headers)
        {
            characters += name.Length;
            for (int index = 0; index < values.Count; index++)
            {
                characters += values[index]?.Length ?? 0;
            }
        }

        return characters > MaxHeaders;
    }

    private IEndpoint OwnerOf(string path) => Array.Find(_endpoints, endpoint => endpoint.Routes.Owns(path)) ?? _endpoints[0];
}
