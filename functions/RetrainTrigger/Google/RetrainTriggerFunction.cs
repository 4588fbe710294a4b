using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>The service <c>retrain-trigger</c>, over HTTP; Cloud Scheduler calls it, and Pub/Sub where shards of
/// lists are spread over workers.</summary>
/// <param name="endpoint">Owns the paths.</param>
/// <param name="age">Told after each look of the guard.</param>
/// <param name="services">Has a <see cref="ShardRoute"/> where BigQuery trains.</param>
[FunctionsStartup(typeof(RetrainTriggerStartup))]
public sealed class RetrainTriggerFunction(RetrainTriggerEndpoint endpoint, ModelAgeLog age, IServiceProvider services) : IHttpFunction
{
    /// <inheritdoc/>
    public async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.Request.Path == ShardRoute.Path && HttpMethods.IsPost(context.Request.Method) && services.GetService<ShardRoute>() is { } shards)
        {
            await shards.HandleAsync(context);
            return;
        }

        await endpoint.Routes.HandleAsync(context);
        if (context.Request.Path == "/v1/guard" && context.Response.StatusCode == StatusCodes.Status200OK)
        {
            await age.WriteAsync(context.RequestAborted);
        }
    }
}
