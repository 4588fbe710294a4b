using Aisle.Http;

namespace Aisle.Host.Serving;

/// <summary>Hands a request to the function that owns its path, as the four deployments do on Google.</summary>
internal sealed class EndpointDispatcher
{
    private readonly IEndpoint[] _endpoints;
    private readonly Dictionary<string, IEndpoint> _literal = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, IEndpoint>.AlternateLookup<ReadOnlySpan<char>> _byPath;

    /// <summary>Notes who owns which path; of several owners the first.</summary>
    /// <param name="endpoints">The functions.</param>
    public EndpointDispatcher(IEnumerable<IEndpoint> endpoints)
    {
        _endpoints = [.. endpoints];
        foreach (IEndpoint endpoint in _endpoints)
        {
            foreach (Aisle.Http.Route route in endpoint.Routes.Routes.Where(route => !route.Template.Contains('{')))
            {
                _literal.TryAdd(route.Template.Trim('/'), endpoint);
            }
        }

        _byPath = _literal.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Answers the request; a path that no function owns is answered by the first one's 404.</summary>
    public Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = context.Request.Path.Value ?? "/";
        return (_byPath.TryGetValue(path.AsSpan().Trim('/'), out IEndpoint? owner) ? owner : OwnerOf(path)).HandleAsync(context);
    }

    private IEndpoint OwnerOf(string path) => Array.Find(_endpoints, endpoint => endpoint.Routes.Owns(path)) ?? _endpoints[0];
}
