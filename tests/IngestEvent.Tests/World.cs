using System.Text;
using System.Text.Json;
using Aisle.Http;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Delivery;
using Aisle.IngestEvent.Features;
using Aisle.IngestEvent.Products;
using Aisle.Ports;
using Aisle.Privacy;
using Aisle.Testing;
using Aisle.Testing.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.IngestEvent.Tests;

/// <summary>The function on fakes, with its two endpoints.</summary>
internal sealed class World : IDisposable
{
    public const string CollectorKey = "collector-key-0123456789";
    public const string OperatorKey = "operator-key-0123456789";

    public const long MaxBytesUnderWay = 16 * 1024 * 1024;

    private readonly IngestMetrics _metrics = new();
    private readonly ApiKeys _keys = new(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Collector] = [CollectorKey], [ApiRole.Operator] = [OperatorKey] });

    public World()
    {
        Queue = new InMemoryEventQueue(Clock);
        Ingester = new EventIngester(Queue, Warehouse, new FeatureUpdater(Profiles), new KnownProducts(Catalogue, Clock, _metrics, NullLogger<KnownProducts>.Instance), Clock, _metrics);
        Worker = new IngestWorker(
            Queue, Ingester, new DeliveryRescuer(Queue, Ingester), new IngestWorkerOptions(), Clock, NullLogger<IngestWorker>.Instance);
        Collect = CollectorOn(Queue);
        Deliver = new IngestEventEndpoint(Ingester, Queue, _keys, ApiRole.None, Clock);
    }

    public FakeTimeProvider Clock { get; } = new(Some.Instant);

    public Pseudonymizer Pseudonymizer { get; } = new(new byte[32]);

    public InMemoryEventQueue Queue { get; }

    public InMemoryEventWarehouse Warehouse { get; } = new();

    public InMemoryProfileStore Profiles { get; } = new();

    public InMemoryCatalogueStore Catalogue { get; } = new();

    public InMemoryAvailabilityOverlay Overlay { get; } = new();

    public InMemoryPriceHistory Prices { get; } = new();

    public EventIngester Ingester { get; }

    public IngestWorker Worker { get; }

    public CollectEventsEndpoint Collect { get; }

    public IngestEventEndpoint Deliver { get; }

    public static string Event(string id = "e1", string extra = "") =>
        $$"""{"event_id":"{{id}}","user_id":"raw-user","event_type":"view","product_id":"p1","event_timestamp":"2026-01-15T12:00:00Z"{{extra}}}""";

    public Task<(int Status, JsonElement Body)> SendAsync(string path, string body) => SendAsync(Collect, "POST", path, body, CollectorKey);

    public static async Task<(int Status, JsonElement Body)> SendAsync(
        IEndpoint endpoint, string method, string path, string body, string? key, params (string Name, string Value)[] headers)
    {
        DefaultHttpContext context = Request(method, path, body, key, headers);
        await endpoint.HandleAsync(context);
        byte[] answer = ((MemoryStream)context.Response.Body).ToArray();
        return (context.Response.StatusCode, answer.Length == 0 ? default : JsonDocument.Parse(answer).RootElement);
    }

    public static DefaultHttpContext Request(string method, string path, string body, string? key, params (string Name, string Value)[] headers)
    {
        DefaultHttpContext context = new();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        context.Response.Body = new MemoryStream();
        context.Request.Headers["X-Api-Key"] = key;
        foreach ((string name, string value) in headers)
        {
            context.Request.Headers[name] = value;
        }
        return context;
    }

    /// <summary>The collector on a queue of the caller's.</summary>
    public CollectEventsEndpoint CollectorOn(IEventQueue queue) => new(
        new EventCollector(queue, Pseudonymizer, Clock, _metrics), new IdentityMerger(Profiles, Clock), new FeatureReader(Profiles, Catalogue, Clock),
        new CatalogueEditor(Catalogue, Overlay, Prices, Clock), Pseudonymizer, new Admission(MaxBytesUnderWay), _metrics, _keys, Clock);

    public void Dispose()
    {
        Worker.Dispose();
        _metrics.Dispose();
    }
}
