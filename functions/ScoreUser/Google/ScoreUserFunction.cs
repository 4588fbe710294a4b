using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aisle.ScoreUser.GoogleCloud;

/// <summary>The service <c>score-user</c>, over HTTP.</summary>
/// <param name="endpoint">Owns the paths.</param>
[FunctionsStartup(typeof(ScoreUserStartup))]
public sealed class ScoreUserFunction(ScoreUserEndpoint endpoint) : IHttpFunction
{
    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => endpoint.Routes.HandleAsync(context);
}
