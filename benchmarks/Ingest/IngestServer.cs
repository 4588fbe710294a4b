using Aisle.Http;
using Aisle.IngestEvent;
using Aisle.IngestEvent.Delivery;
using Aisle.Local;
using Aisle.Local.Workspaces;
using Aisle.Privacy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Aisle.Benchmarks.Ingest;

/// <summary>The collector, the durable queue, the worker and the stores of one machine, as the host plugs them
/// together, on a folder of their own.</summary>
internal sealed class IngestServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Workspace _workspace;

    private IngestServer(WebApplication application, Workspace workspace, StageClock stages)
    {
        _application = application;
        _workspace = workspace;
        Stages = stages;
    }

    /// <summary>Where it listens, on loopback.</summary>
    public int Port => new Uri(_application.Urls.First()).Port;

    /// <summary>What the stages took.</summary>
    public StageClock Stages { get; }

    /// <summary>Everything that was plugged together.</summary>
    public IServiceProvider Services => _application.Services;

    /// <summary>Starts on an empty folder.</summary>
    public static async Task<IngestServer> StartAsync(string folder, CancellationToken cancellationToken)
    {
        Workspace workspace = Workspace.TryOpen(folder) ?? throw new IOException($"{folder} is held by another process.");
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSimpleConsole().SetMinimumLevel(LogLevel.Warning);
        StageClock stages = new();
        builder.Services
            .AddSingleton(new ApiKeys(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Collector] = [EventBodies.Key] }))
            .AddSingleton(new Pseudonymizer(new byte[32]))
            .AddLocalStores(workspace, new LocalOptions { WallClock = TimeProvider.System })
            .AddIngestEvent(ApiRole.Operator)
            .AddIngestWorker(new IngestWorkerOptions());
        stages.Wrap(builder.Services);
        WebApplication application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        CollectEventsEndpoint endpoint = application.Services.GetRequiredService<CollectEventsEndpoint>();
        application.Run(endpoint.Routes.HandleAsync);
        await application.StartAsync(cancellationToken);
        return new IngestServer(application, workspace, stages);
    }

    /// <summary>Stops and closes the stores.</summary>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
        _workspace.Dispose();
    }
}
