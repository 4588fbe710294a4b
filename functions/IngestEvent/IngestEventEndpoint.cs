using Aisle.Http;
using Aisle.IngestEvent.Delivery;
using Aisle.Ports;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Aisle.IngestEvent;

/// <summary>The paths of <c>ingest-event</c>: a push subscription or Eventarc delivers one message a request. What cannot be
/// read is parked and answered 204, or it would come back for ever; a store fault goes through to the host, which answers 500,
/// so that the message does come back.</summary>
public sealed class IngestEventEndpoint : IEndpoint
{
    private const int MaxBytes = 16 * 1024 * 1024;

    private readonly EventIngester _ingester;
    private readonly IEventQueue _queue;
    private readonly TimeProvider _clock;

    /// <summary>Lays out the paths.</summary>
    /// <param name="ingester">Handles the message.</param>
    /// <param name="queue">Parks what is no message.</param>
    /// <param name="keys">The shop's keys.</param>
    /// <param name="role">Who may deliver: <see cref="ApiRole.None"/> where the platform checks the caller's identity,
    /// else <see cref="ApiRole.Operator"/>.</param>
    /// <param name="clock">Stamps what is parked.</param>
    public IngestEventEndpoint(EventIngester ingester, IEventQueue queue, ApiKeys keys, ApiRole role, TimeProvider clock)
    {
        _ingester = ingester;
        _queue = queue;
        _clock = clock;
        Routes = new RouteTable(keys, clock)
            .Map(HttpMethods.Post, "", role, DeliverAsync)
            .Map(HttpMethods.Post, "projects/{project}/topics/{topic}", role, DeliverAsync)
            .MapHealth(_ => Task.FromResult<string?>(null));
    }

    /// <inheritdoc/>
    public RouteTable Routes { get; }

    private async Task DeliverAsync(HttpContext context, RouteValueDictionary values)
    {
        ReadOnlyMemory<byte> body = await Bodies.ReadAsync(context, MaxBytes);
        LeasedMessage message;
        try
        {
            message = PushedMessage.Read(body, context.Request.Headers);
        }
        catch (BodyRefusedException refused)
        {
            FieldProblem why = refused.Problem.Problems[0];
            string id = $"unreadable-{Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash(body.Span))}";
            await _queue.ParkAsync([new ParkedMessage(id, body, new Dictionary<string, string>(), $"{why.Field}: {why.Problem}", _clock.GetUtcNow())], context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await _ingester.IngestAsync([message], context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
