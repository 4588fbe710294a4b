using Aisle.Ports;
using CloudNative.CloudEvents;
using Google.Events.Protobuf.Cloud.PubSub.V1;

namespace Aisle.IngestEvent.GoogleCloud;

/// <summary>Turns what Pub/Sub delivered into a message of the queue.</summary>
internal static class DeliveredMessage
{
    /// <summary>The message. There is no lease to give back: the answer's status acknowledges.</summary>
    /// <param name="cloudEvent">Its id stands in for a missing message id.</param>
    /// <param name="data">The delivery.</param>
    public static LeasedMessage Of(CloudEvent cloudEvent, MessagePublishedData data)
    {
        PubsubMessage message = data.Message ?? new PubsubMessage();
        string id = message.MessageId is { Length: > 0 } given ? given : cloudEvent.Id ?? "unnamed";
        return new LeasedMessage(id, id, message.Data.Memory, message.Attributes, Math.Max(1, data.DeliveryAttempt));
    }

    /// <summary>The message to be parked.</summary>
    public static ParkedMessage Park(LeasedMessage message, string reason, DateTimeOffset now) =>
        new(message.MessageId, message.Data, message.Attributes, reason, now);
}
