using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.GoogleCloud.Tests.Servers.BigQuery;

/// <summary>BigQuery's REST interface in this process, over DuckDB: streamed inserts, parameterized queries,
/// pages, errors in BigQuery's words.</summary>
internal sealed class BigQueryServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly DuckDbEngine _engine;

    private BigQueryServer(LoopbackServer server, DuckDbEngine engine, BigQueryEndpoints endpoints)
    {
        _server = server;
        _engine = engine;
        Endpoints = endpoints;
    }

    /// <summary>What the server saw and which faults it is to answer with.</summary>
    public BigQueryEndpoints Endpoints { get; }

    /// <summary>What <c>BIGQUERY_EMULATOR_HOST</c> would be set to.</summary>
    public Uri Address => _server.Address;

    /// <summary>Starts a server without datasets.</summary>
    /// <param name="clock">What statements read the time from.</param>
    public static async Task<BigQueryServer> StartAsync(TimeProvider clock)
    {
        DuckDbEngine engine = new(clock);
        BigQueryEndpoints endpoints = new(engine);
        LoopbackServer server = await LoopbackServer.StartHttpAsync(
            services => services.AddRequestDecompression(),
            application =>
            {
                application.Use(endpoints.RecordAsync);
                application.UseRequestDecompression();
                endpoints.Map(application);
            });
        return new BigQueryServer(server, engine, endpoints);
    }

    /// <summary>Makes an empty dataset.</summary>
    public void CreateDataset(string dataset) => _engine.CreateDataset(dataset);

    /// <summary>Makes a bucket whose objects are a folder's files.</summary>
    public void CreateBucket(string bucket, string folder) => _engine.Buckets[bucket] = folder;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _engine.Dispose();
    }
}
