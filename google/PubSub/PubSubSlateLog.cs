using Aisle.Ports;
using Aisle.Reranking;
using Google.Cloud.PubSub.V1;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>Slates by way of a topic: durable as soon as they are published, whatever becomes of BigQuery or of this instance;
/// the event function writes them.</summary>
public sealed class PubSubSlateLog : ISlateLog
{
    private const int SlatesPerMessage = 50;

    private static readonly IReadOnlyDictionary<string, string> Attributes = new Dictionary<string, string> { [SlateMessage.SchemaAttribute] = SlateMessage.Schema };

    private readonly PublisherServiceApiClient _publisher;
    private readonly TopicName _topic;

    /// <summary>Uses a topic.</summary>
    /// <param name="publisher">One per process.</param>
    /// <param name="project">The topic's project.</param>
    /// <param name="topic">A topic that pushes to the event function.</param>
    public PubSubSlateLog(PublisherServiceApiClient publisher, string project, string topic)
    {
        _publisher = publisher;
        _topic = new TopicName(project, topic);
    }

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(slates);
        QueueMessage[] messages = [.. slates.Chunk(SlatesPerMessage).Select(some => new QueueMessage(SlateMessage.Encode(some), Attributes))];
        foreach (IReadOnlyList<PubsubMessage> batch in PublishBatches.Of(messages))
        {
            await _publisher.PublishAsync(_topic, batch, cancellationToken);
        }
    }
}
