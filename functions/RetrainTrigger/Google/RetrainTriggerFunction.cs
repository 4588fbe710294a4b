using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>The service <c>retrain-trigger</c>, over HTTP; Cloud Scheduler calls it.</summary>
/// <param name="endpoint">Owns the paths.</param>
[FunctionsStartup(typeof(RetrainTriggerStartup))]
public sealed class RetrainTriggerFunction(RetrainTriggerEndpoint endpoint) : IHttpFunction
{
    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => endpoint.Routes.HandleAsync(context);
}
