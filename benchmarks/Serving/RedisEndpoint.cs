using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace Aisle.Benchmarks.Serving;

/// <summary>An endpoint whose answer is one <c>GET</c> of Redis, the same bytes each time: what a shelf from a cache would cost.</summary>
internal static class RedisEndpoint
{
    /// <summary>Serves until stopped, and prints the address.</summary>
    public static async Task ServeAsync(byte[] body, int redisPort, CancellationToken cancellationToken)
    {
        await using ConnectionMultiplexer redis = await ConnectionMultiplexer.ConnectAsync($"127.0.0.1:{redisPort}");
        IDatabase database = redis.GetDatabase();
        await database.StringSetAsync("slate", body);
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.Run(async context =>
        {
            ReadOnlyMemory<byte> found = await database.StringGetAsync("slate");
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = found.Length;
            await context.Response.Body.WriteAsync(found, context.RequestAborted);
        });
        await application.StartAsync(cancellationToken);
        Console.WriteLine("redis endpoint at " + application.Urls.First());
        await application.WaitForShutdownAsync(cancellationToken);
    }
}
