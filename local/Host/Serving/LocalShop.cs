using System.Net;
using Aisle.Host.Training;
using Aisle.Http;
using Aisle.IngestEvent.Delivery;
using Aisle.Local.DuckDb;
using Aisle.Local.Workspaces;
using Aisle.Ports;
using Aisle.RetrainTrigger.Runs;
using Aisle.ScoreUser;
using Aisle.ScoreUser.Logging;
using Aisle.ScoreUser.Serving;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Aisle.Host.Serving;

/// <summary>The shop of a state folder, open in this process: the stores, the four functions, and the pump between queue and event function.</summary>
internal sealed class LocalShop : IAsyncDisposable
{
    private readonly WebApplication _application;

    private LocalShop(WebApplication application, Workspace workspace)
    {
        _application = application;
        Workspace = workspace;
    }

    /// <summary>The folder, owned by this process.</summary>
    public Workspace Workspace { get; }

    /// <summary>Everything that was plugged together.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>The functions behind their paths.</summary>
    public EndpointDispatcher Dispatcher => Services.GetRequiredService<EndpointDispatcher>();

    /// <summary>Opens the shop for a command; nothing listens. Disposing the shop closes the workspace.</summary>
    public static LocalShop Open(Workspace workspace) => Open(workspace, new ListenAddress(IPAddress.Loopback, 0));

    /// <summary>Opens the shop for serving at an address; listening begins with <see cref="ListenAsync"/>.</summary>
    public static LocalShop Open(Workspace workspace, ListenAddress address) => Open(workspace, address, ShopServices.ScoreUserOptionsOf());

    /// <summary>Opens the shop for a command that decides how slates are made, such as the seed of their chance.</summary>
    public static LocalShop Open(Workspace workspace, ScoreUserOptions score) => Open(workspace, new ListenAddress(IPAddress.Loopback, 0), score);

    private static LocalShop Open(Workspace workspace, ListenAddress address, ScoreUserOptions score)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "Aisle.Host" });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole(console => console.IncludeScopes = true);
        builder.Services.AddSingleton<IExternalScopeProvider, TraceScopes>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, address));
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.UnsafePreferInlineScheduling = true); // a slate takes less than a change of threads; what blocks holds its own connection only
        builder.Services.AddShop(workspace, score);
        WebApplication application = builder.Build();
        LocalShop shop = new(application, workspace);
        application.UseAnswerCompression();
        application.UseRateLimiter();
        application.Run(context => shop.Dispatcher.HandleAsync(context, context.RequestAborted));
        return shop;
    }

    /// <summary>Takes up what an earlier process left: events that wait in the queue, and runs whose worker died. This process owns the folder, so nobody else is at it.</summary>
    /// <exception cref="InvalidDataException">The warehouse cannot be opened; nothing was taken up.</exception>
    public async Task RecoverAsync(CancellationToken cancellationToken)
    {
        Services.GetRequiredService<DuckDbDatabase>().EnsureOpen(); // or the waiting events would be blamed for a file that cannot be opened
        RunLedger ledger = Services.GetRequiredService<RunLedger>();
        foreach (Run orphan in (await ledger.LatestAsync(cancellationToken)).Where(run => run.State == RunState.Running))
        {
            await ledger.ReleaseAsync(orphan, cancellationToken);
        }

        await Services.GetRequiredService<IngestWorker>().DrainAsync(cancellationToken);
    }

    /// <summary>Recovers, which opens the warehouse, and opens what else the first answers need: side by side, for a start waits for all of it.</summary>
    /// <exception cref="InvalidDataException">A store cannot be opened.</exception>
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => Services.GetRequiredService<ServingRefresher>().RefreshAsync(cancellationToken), cancellationToken),
        Task.Run(() => RecoverAsync(cancellationToken), cancellationToken),
        Task.Run(() => Dispatcher, cancellationToken));

    /// <summary>Begins to listen.</summary>
    /// <returns>The address with the port that is really used.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public async Task<string> ListenAsync(CancellationToken cancellationToken)
    {
        await _application.StartAsync(cancellationToken);
        Services.GetRequiredService<ChildRetrainer>().BeginListening();
        return _application.Urls.First().Replace("127.0.0.1", "localhost", StringComparison.Ordinal);
    }

    /// <summary>Ends what is under way and closes the stores.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await Services.GetRequiredService<SlateLogger>().FlushAsync(CancellationToken.None);
        await _application.DisposeAsync();
        Workspace.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, ListenAddress address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = 64 * 1024; // what is too long is refused in words by the dispatcher,
        kestrel.Limits.MaxRequestHeadersTotalSize = 128 * 1024; // and so are headers
        kestrel.Limits.MaxRequestHeaderCount = 1_000;
        kestrel.Listen(address.Address, address.Port);
        if (address.Http2Port is { } port)
        {
            kestrel.Listen(address.Address, port, listen => listen.Protocols = HttpProtocols.Http2);
        }
    }
}
