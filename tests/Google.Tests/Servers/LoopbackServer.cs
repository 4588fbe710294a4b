using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Aisle.GoogleCloud.Tests.Servers;

/// <summary>A web server in this process, on a free port of the loopback interface.</summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LoopbackServer(WebApplication application) => _application = application;

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>A server of gRPC services; HTTP/2 without encryption.</summary>
    public static async Task<LoopbackServer> StartGrpcAsync(Action<IServiceCollection> services, Action<WebApplication> map) =>
        await StartAsync(HttpProtocols.Http2, collection => services(AddGrpc(collection)), map);

    /// <summary>A server of plain HTTP.</summary>
    public static async Task<LoopbackServer> StartHttpAsync(Action<IServiceCollection> services, Action<WebApplication> map) =>
        await StartAsync(HttpProtocols.Http1, services, map);

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private static async Task<LoopbackServer> StartAsync(HttpProtocols protocols, Action<IServiceCollection> services, Action<WebApplication> map)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = protocols));
        services(builder.Services);
        WebApplication application = builder.Build();
        map(application);
        await application.StartAsync();
        return new LoopbackServer(application);
    }

    private static IServiceCollection AddGrpc(IServiceCollection services)
    {
        services.AddGrpc(options =>
        {
            options.EnableDetailedErrors = true;
            options.MaxReceiveMessageSize = 10 * 1024 * 1024;
        });
        return services;
    }
}
