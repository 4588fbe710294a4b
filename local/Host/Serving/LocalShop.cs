using System.Net;
using Aisle.Host.State;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Aisle.Host.Serving;

/// <summary>The shop of a state folder, open in this process: the stores, the four functions, and the pump between queue and event function.</summary>
internal sealed class LocalShop : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly StateLock _held;

    private LocalShop(WebApplication application, StateLock held)
    {
        _application = application;
        _held = held;
    }

    /// <summary>Everything that was plugged together.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>The functions behind their paths.</summary>
    public EndpointDispatcher Dispatcher => Services.GetRequiredService<EndpointDispatcher>();

    /// <summary>Opens the stores for a command; nothing listens.</summary>
    public static Task<LocalShop> OpenAsync(StateFolder folder, StateLock held, CancellationToken cancellationToken) =>
        OpenAsync(folder, held, new ListenAddress(IPAddress.Loopback, 0), cancellationToken);

    /// <summary>Opens the stores for serving at an address; listening begins with <see cref="ListenAsync"/>.</summary>
    public static Task<LocalShop> OpenAsync(StateFolder folder, StateLock held, ListenAddress address, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Aisle.Host" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, address));
        builder.Services.AddShop(folder);
        WebApplication application = builder.Build();
        LocalShop shop = new(application, held);
        application.Run(context => shop.Dispatcher.HandleAsync(context, context.RequestAborted));
        return Task.FromResult(shop);
    }

    /// <summary>Begins to listen.</summary>
    /// <returns>The address with the port that is really used.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<string> ListenAsync(CancellationToken cancellationToken)
    {
        await _application.StartAsync(cancellationToken);
        return _application.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
    }

    /// <summary>Ends what is under way and closes the stores.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _held.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(address.Address, address.Port);
    }
}
