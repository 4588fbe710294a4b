using Microsoft.AspNetCore.Http;

namespace Aisle.Http;

/// <summary>All paths of one deployed function. The Functions Framework does not route, so an entry point hands every request to one of
/// these; the local host tries them in turn.</summary>
public interface IEndpoint
{
    /// <summary>The paths that it answers.</summary>
    RouteTable Routes { get; }

    /// <summary>Answers the request; an unknown path becomes a problem document, never an exception.</summary>
    Task HandleAsync(HttpContext context) => Routes.HandleAsync(context);
}
