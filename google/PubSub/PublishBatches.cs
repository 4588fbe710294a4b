using Aisle.Ports;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>Cuts messages into requests that Pub/Sub accepts.</summary>
internal static class PublishBatches
{
    private const int MaxMessages = 1000;
    private const int MaxBytes = 9 * 1024 * 1024; // of 10 MB, with room for framing

    /// <summary>The requests, in order; no message is split.</summary>
    public static IEnumerable<IReadOnlyList<PubsubMessage>> Of(IReadOnlyList<QueueMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        List<PubsubMessage> batch = [];
        int bytes = 0;
        foreach (PubsubMessage message in messages.Select(ToWire))
        {
            int size = message.CalculateSize();
            if (batch.Count == MaxMessages || (batch.Count > 0 && bytes + size > MaxBytes))
            {
                yield return batch;
                batch = [];
                bytes = 0;
            }

            batch.Add(message);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

    private static PubsubMessage ToWire(QueueMessage message) =>
        new() { Data = ByteString.CopyFrom(message.Data.Span), Attributes = { message.Attributes.ToDictionary() } };
}
