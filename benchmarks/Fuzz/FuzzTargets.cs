using System.Text;
using System.Text.Json;
using Aisle.Events;
using Aisle.Events.Wire;
using Aisle.Http;
using Aisle.IngestEvent;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Delivery;
using Aisle.IngestEvent.Features;
using Aisle.IngestEvent.Products;
using Aisle.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aisle.Benchmarks.Fuzz;

/// <summary>Throws inputs at the collector, the identities and the push endpoint, as HTTP requests, and judges what comes back: no
/// crash, no 5xx, no accepted garbage.</summary>
internal sealed class FuzzTargets : IDisposable
{
    private const string Key = "fuzz-operator-key-0123";

    private readonly CapturingStores _stores = new();
    private readonly IngestMetrics _metrics = new();
    private readonly CollectEventsEndpoint _collect;
    private readonly IngestEventEndpoint _deliver;

    /// <summary>Plugs the function to stores that only remember.</summary>
    public FuzzTargets(TimeProvider clock)
    {
        ApiKeys keys = new(new Dictionary<ApiRole, IReadOnlyList<string>> { [ApiRole.Operator] = [Key] });
        Pseudonymizer pseudonymizer = new(new byte[32]);
        EventIngester ingester = new(_stores, _stores, new FeatureUpdater(_stores), new KnownProducts(_stores, clock, _metrics, NullLogger<KnownProducts>.Instance), clock, _metrics);
        _collect = new CollectEventsEndpoint(
            new EventCollector(_stores, pseudonymizer, clock, _metrics), new IdentityMerger(_stores, clock), new FeatureReader(_stores, _stores, clock),
            new CatalogueEditor(_stores, null!, null!, clock), pseudonymizer, // no input reaches the catalogue
            new Admission(Admission.DefaultMaxBytes), _metrics, keys, clock);
        _deliver = new IngestEventEndpoint(ingester, _stores, keys, ApiRole.None, clock);
    }

    /// <summary>Valid bodies of all three.</summary>
    public static IReadOnlyList<byte[]> Valid { get; } = [.. ValidTexts().Select(Encoding.UTF8.GetBytes)];

    /// <summary>Throws one input at one target.</summary>
    /// <param name="number">Chooses the target.</param>
    /// <param name="input">The body.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The status, and what is wrong with the answer; null when nothing is.</returns>
    public async Task<(int Status, string? Complaint)> ThrowAsync(long number, byte[] input, CancellationToken cancellationToken)
    {
        _stores.Clear();
        try
        {
            return (number % 8) switch
            {
                < 4 => await CollectAsync(input, cancellationToken),
                4 => await IdentifyAsync(input, cancellationToken),
                5 => await DeliverAsync(Wrap(input), null, cancellationToken),
                6 => await DeliverAsync(input, "application/cloudevents+json", cancellationToken),
                _ => await DeliverAsync(input, null, cancellationToken),
            };
        }
        catch (Exception crash) when (crash is not OutOfMemoryException)
        {
            return (500, $"crash: {crash}");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _metrics.Dispose();

    private async Task<(int, string?)> CollectAsync(byte[] input, CancellationToken cancellationToken)
    {
        (int status, JsonElement answer) = await SendAsync(_collect.Routes, "/v1/events", input, null, cancellationToken);
        if (status != 202)
        {
            return (status, ProblemComplaint(status, answer));
        }

        int accepted = answer.GetProperty("accepted").GetInt32();
        JsonElement[] rejected = [.. answer.GetProperty("rejected").EnumerateArray()];
        string? complaint = accepted == _stores.Published.Count ? null : "the answer counts other than what was published";
        complaint ??= rejected.All(one => one.GetProperty("problems").GetArrayLength() > 0) ? null : "an event was rejected without a reason";
        foreach (Ports.QueueMessage message in _stores.Published)
        {
            InteractionEvent? decoded = EventWire.TryDecode(message.Data.Span, out string? reason);
            complaint ??= decoded is null ? $"accepted, but not decodable: {reason}" : AcceptedEventCheck.Complaint(decoded);
        }

        return (status, complaint);
    }

    private async Task<(int, string?)> IdentifyAsync(byte[] input, CancellationToken cancellationToken)
    {
        (int status, JsonElement answer) = await SendAsync(_collect.Routes, "/v1/identities", input, null, cancellationToken);
        return (status, status == 202 ? null : ProblemComplaint(status, answer));
    }

    private async Task<(int, string?)> DeliverAsync(byte[] input, string? contentType, CancellationToken cancellationToken)
    {
        (int status, JsonElement answer) = await SendAsync(_deliver.Routes, "/", input, contentType, cancellationToken);
        if (status != 204)
        {
            return (status, ProblemComplaint(status, answer) ?? "a message was neither taken nor parked");
        }

        string? complaint = _stores.Parked.Count + _stores.Appended.Count == 1 ? null : "a message was not in exactly one place";
        complaint ??= _stores.Parked.Exists(parked => parked.Reason.Length == 0) ? "a message was parked without a reason" : null;
        return (status, complaint ?? _stores.Appended.Select(AcceptedEventCheck.Complaint).FirstOrDefault(found => found is not null));
    }

    private static string? ProblemComplaint(int status, JsonElement answer) =>
        status is 400 or 413 && answer.GetProperty("problems").GetArrayLength() > 0 ? null : $"answered {status}, or without naming a field";

    private static byte[] Wrap(byte[] data) =>
        Encoding.UTF8.GetBytes($$"""{"message":{"messageId":"1","data":"{{Convert.ToBase64String(data)}}"},"subscription":"s"}""");

    private static async Task<(int Status, JsonElement Answer)> SendAsync(RouteTable routes, string path, byte[] body, string? contentType, CancellationToken cancellationToken)
    {
        DefaultHttpContext context = new() { RequestAborted = cancellationToken };
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = path;
        context.Request.ContentType = contentType;
        context.Request.ContentLength = body.Length;
        context.Request.Headers["X-Api-Key"] = Key;
        context.Request.Body = new MemoryStream(body);
        using MemoryStream answer = new();
        context.Response.Body = answer;
        await routes.HandleAsync(context);
        if (answer.Length == 0)
        {
            return (context.Response.StatusCode, default);
        }

        using JsonDocument document = JsonDocument.Parse(answer.ToArray());
        return (context.Response.StatusCode, document.RootElement.Clone());
    }

    private static IEnumerable<string> ValidTexts()
    {
        const string View = """{"event_id":"e1","user_id":"u1","event_type":"view","product_id":"p1","event_timestamp":"2026-01-15T12:00:00Z","session_id":"s1","device_type":"mobile","page_type":"home","page_load_ms":120}""";
        const string Sale = """{"event_id":"e2","user_id":"u1","assignment_id":"v1","event_type":"purchase","product_id":"p1","event_timestamp":"2026-01-15T11:00:00+01:00","quantity":2,"unit_price":9.99,"revenue":19.98,"currency":"EUR","order_id":"o1","slate_id":"l1","position":3}""";
        const string Refund = """{"event_id":"e3","user_id":"u1","event_type":"refund","product_id":"p1","event_timestamp":"2026-01-15T12:00:00Z","revenue":-5,"currency":"JPY","order_id":"o1"}""";
        const string Wire = """{"event_id":"e4","user_id":"u1","event_type":"view","product_id":"p1","event_timestamp":"2026-01-15T12:00:00+00:00","ingested_at":"2026-01-15T12:00:00+00:00","quantity":1,"unit_price_minor":100,"currency":"EUR","slate_id":"l1","position":2}""";
        string push = $$"""{"message":{"messageId":"1","message_id":"1","publishTime":"2026-01-15T12:00:00Z","attributes":{"schema":"interaction_event/1"},"data":"{{Convert.ToBase64String(Encoding.UTF8.GetBytes(Wire))}}"},"subscription":"projects/p/subscriptions/s","deliveryAttempt":1}""";
        return
        [
            View, Sale, Refund, $$"""{"events":[{{View}},{{Sale}},{{Refund}}]}""", """{"anonymous_id":"v1","user_id":"u1"}""", Wire, push,
            $$"""{"specversion":"1.0","type":"{{PushedMessage.EventType}}","id":"1","source":"//pubsub.googleapis.com/projects/p/topics/t","datacontenttype":"application/json","data":{{push}}}""",
        ];
    }
}
