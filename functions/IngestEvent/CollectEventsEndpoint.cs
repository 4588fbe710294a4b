using System.Text.Json;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Http;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Features;
using Aisle.IngestEvent.Products;
using Aisle.Ports;
using Aisle.Privacy;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.IngestEvent;

/// <summary>The paths of <c>collect-events</c>: events, identities and the catalogue come in here, and a
/// shopper's features can be looked at.</summary>
public sealed class CollectEventsEndpoint : IEndpoint
{
    private static readonly KnownFields IdentityFields = new("anonymous_id", "user_id");

    private readonly EventCollector _collector;
    private readonly IdentityMerger _identities;
    private readonly Pseudonymizer _pseudonymizer;
    private readonly Admission _admission;
    private readonly IngestMetrics _metrics;
    private readonly ApiKeys _keys;

    /// <summary>Lays out the paths.</summary>
    public CollectEventsEndpoint(
        EventCollector collector, IdentityMerger identities, FeatureReader features, CatalogueEditor catalogue, Pseudonymizer pseudonymizer, Admission admission,
        IngestMetrics metrics, ApiKeys keys, TimeProvider clock)
    {
        _admission = admission;
        _metrics = metrics;
        _keys = keys;
        _collector = collector;
        _identities = identities;
        _pseudonymizer = pseudonymizer;
        CatalogueRoutes products = new(catalogue);
        Routes = new RouteTable(keys, clock)
            .Map(HttpMethods.Post, "v1/events", ApiRole.Collector, CollectAsync)
            .Map(HttpMethods.Post, "v1/identities", ApiRole.Collector, IdentifyAsync)
            .Map(HttpMethods.Get, "v1/users/{id}/features", ApiRole.Operator, new FeatureRoute(features, pseudonymizer).GetAsync)
            .Map(HttpMethods.Put, "v1/products", ApiRole.Operator, products.PutAsync)
            .Map(HttpMethods.Get, "v1/products/{id}/prices", ApiRole.Operator, products.PricesAsync)
            .Map(HttpMethods.Get, "v1/products/{id}", ApiRole.Operator, products.GetAsync)
            .Map(HttpMethods.Patch, "v1/products/{id}", ApiRole.Operator, products.PatchAsync)
            .Map(HttpMethods.Delete, "v1/products/{id}", ApiRole.Operator, products.DeleteAsync)
            .MapDescription(typeof(CollectEventsEndpoint).Assembly)
            .MapHealth(_ => Task.FromResult<string?>(null));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task CollectAsync(HttpContext context, RouteValueDictionary values)
    {
        // What a packed body unpacks to is not known beforehand.
        bool isPacked = context.Request.Headers.ContentEncoding.Count > 0;
        long bytes = isPacked ? CollectEventsRequest.MaxBytes : Math.Min(context.Request.ContentLength ?? CollectEventsRequest.MaxBytes, CollectEventsRequest.MaxBytes);
        using Admission.Ticket? ticket = _admission.TryEnter(bytes);
        if (ticket is null)
        {
            _metrics.TurnedAway();
            throw new StoreUnavailableException("More is being collected than fits into memory. Send again in a second; the same event_id "
                + "counts once.", TimeSpan.FromSeconds(1), null);
        }

        await CollectAdmittedAsync(context);
    }

    private async Task CollectAdmittedAsync(HttpContext context)
    {
        using JsonDocument body = await Bodies.ReadJsonBatchAsync(context, CollectEventsRequest.MaxBytes);
        List<EventFault> faults = [];
        if (CollectEventsRequest.From(body.RootElement, faults) is not { } request)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid([.. Json.Problems(faults)]));
            return;
        }

        if (request.Events.Count is 0 or > CollectEventsRequest.MaxEvents)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(new FieldProblem(
                "events", $"it has {request.Events.Count} events", $"Send 1 to {CollectEventsRequest.MaxEvents} events in one request.")));
            return;
        }

        CollectOutcome outcome = await _collector.CollectAsync(request, context.RequestAborted);
        await Json.WriteAsync(context, StatusCodes.Status202Accepted, json => Write(json, outcome));
    }

    private async Task IdentifyAsync(HttpContext context, RouteValueDictionary values)
    {
        using JsonDocument body = await Bodies.ReadJsonAsync(context, 16 * 1024);
        List<FieldProblem> problems = Json.Unknown(body.RootElement, IdentityFields);
        string? visitor = Json.Identity(body.RootElement, "anonymous_id", problems);
        string? user = Json.Identity(body.RootElement, "user_id", problems);
        if (problems.Count == 0 && visitor == user)
        {
            problems.Add(new FieldProblem("user_id", "the same as anonymous_id", "Send the id that the visitor has after login."));
        }

        if (problems.Count > 0)
        {
            await ProblemWriter.WriteAsync(context, Problem.Invalid(problems));
            return;
        }

        bool isTrusted = _keys.Allows(ApiRole.Operator, context.Request);
        _metrics.Identified(await _identities.MergeAsync(_pseudonymizer.UserOf(visitor!), _pseudonymizer.UserOf(user!), isTrusted, context.RequestAborted));
        await Json.WriteAsync(context, StatusCodes.Status202Accepted, json => json.WriteNumber("accepted", 1)); // the same for all: who is a customer is not the page's to know
    }

    private static void Write(Utf8JsonWriter json, CollectOutcome outcome)
    {
        json.WriteNumber("accepted", outcome.Accepted);
        json.WriteNumber("duplicates", outcome.Duplicates);
        json.WriteStartArray("rejected");
        foreach (RejectedEvent rejected in outcome.Rejected)
        {
            json.WriteStartObject();
            json.WriteNumber("index", rejected.Index);
            json.WriteString("event_id", rejected.EventId);
            json.WriteStartArray("problems");
            foreach (EventFault fault in rejected.Problems)
            {
                json.WriteStartObject();
                json.WriteString("field", fault.Field);
                json.WriteString("problem", fault.Problem);
                json.WriteString("remedy", fault.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
