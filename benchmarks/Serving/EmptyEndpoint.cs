using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.Benchmarks.Serving;

/// <summary>The least that ASP.NET Core can do: answers every request with the same bytes. What a slate costs is
/// what it costs beyond this.</summary>
internal static class EmptyEndpoint
{
    /// <summary>Serves until stopped, and prints the address.</summary>
    public static async Task ServeAsync(byte[] body, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            return context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
        });
        await application.StartAsync(cancellationToken);
        Console.WriteLine("empty endpoint at " + application.Urls.First());
        await application.WaitForShutdownAsync(cancellationToken);
    }
}
