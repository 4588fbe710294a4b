using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Http;

namespace Aisle.AbReport.GoogleCloud;

/// <summary>The service <c>ab-report</c>, over HTTP.</summary>
/// <param name="endpoint">Owns the paths.</param>
[FunctionsStartup(typeof(AbReportStartup))]
public sealed class AbReportFunction(AbReportEndpoint endpoint) : IHttpFunction
{
    /// <inheritdoc/>
    public Task HandleAsync(HttpContext context) => endpoint.Routes.HandleAsync(context);
}
