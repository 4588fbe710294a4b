using Aisle.Http;

namespace Aisle.Host.Serving;

/// <summary>Hands a request to the function that owns its path, as the four deployments do on Google.</summary>
/// <param name="endpoints">The functions.</param>
internal sealed class EndpointDispatcher(IEnumerable<IEndpoint> endpoints)
{
    private readonly IEndpoint[] _endpoints = [.. endpoints];

    /// <summary>Answers the request; a path that no function owns is answered by the first one's 404.</summary>
    public Task HandleAsync(HttpContext context, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string path = context.Request.Path.Value ?? "/";
        IEndpoint? owner = Array.Find(_endpoints, endpoint => endpoint.Routes.OwnsExactly(path)) ?? Array.Find(_endpoints, endpoint => endpoint.Routes.Owns(path));
        return (owner ?? _endpoints[0]).HandleAsync(context);
    }
}
