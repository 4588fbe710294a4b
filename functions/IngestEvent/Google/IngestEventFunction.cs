using Aisle.IngestEvent.Delivery;
using Aisle.Ports;
using CloudNative.CloudEvents;
using Google.Cloud.Functions.Framework;
using Google.Cloud.Functions.Hosting;
using Google.Events.Protobuf.Cloud.PubSub.V1;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>The service <c>ingest-event</c>: a push subscription or Eventarc delivers one message a request: an event, or slates that
/// were shown. What is answered 200 never comes again, so what cannot be processed is parked first; a store fault throws, is answered
/// 500, and the message comes again.</summary>
/// <param name="ingester">Handles the message, and parks what is no event.</param>
/// <param name="slates">Takes what the scorer published.</param>
/// <param name="queue">Parks what is no message of a topic.</param>
/// <param name="clock">When it was parked.</param>
[FunctionsStartup(typeof(IngestEventStartup))]
public sealed class IngestEventFunction(EventIngester ingester, SlateKeeper slates, IEventQueue queue, TimeProvider clock) : ICloudEventFunction<MessagePublishedData>
{
    /// <inheritdoc/>
    public Task HandleAsync(CloudEvent cloudEvent, MessagePublishedData data, CancellationToken cancellationToken)
    {
        LeasedMessage message = DeliveredMessage.Of(cloudEvent, data);
        if (cloudEvent.Type != MessagePublishedData.MessagePublishedCloudEventType)
        {
            return queue.ParkAsync([DeliveredMessage.Park(message, $"type: {cloudEvent.Type} is not handled here", clock.GetUtcNow())], cancellationToken);
        }

        return SlateKeeper.Takes(message) ? slates.KeepAsync(message, cancellationToken) : ingester.IngestAsync([message], cancellationToken);
    }
}
