using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>The service <c>collect-events</c>, over HTTP.</summary>
/// <param name="endpoint">Owns the paths.</param>
[FunctionsStartup(typeof(CollectEventsStartup))]
public sealed class CollectEventsFunction(CollectEventsEndpoint endpoint) : IHttpFunction
{
    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => endpoint.Routes.HandleAsync(context);
}
