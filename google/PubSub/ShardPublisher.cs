using Google.Cloud.PubSub.V1;
using Google.Protobuf;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>Publishes shards to the workers' topic.</summary>
/// <param name="publisher">One per process.</param>
/// <param name="options">Which topic.</param>
public sealed class ShardPublisher(PublisherServiceApiClient publisher, GoogleOptions options)
{
    private const int MessagesPerRequest = 1000;

    /// <summary>Publishes; when the task completes every message is durable.</summary>
    /// <exception cref="InvalidOperationException">No topic is configured.</exception>
    public async Task PublishAsync(IEnumerable<ShardMessage> shards, CancellationToken cancellationToken)
    {
        TopicName topic = new(options.ProjectId, options.ShardsTopic
            ?? throw new InvalidOperationException("Shards need a topic: set AISLE_SHARDS_TOPIC to one that pushes to /v1/shards of retrain-trigger."));
        foreach (ShardMessage[] batch in shards.Chunk(MessagesPerRequest))
        {
            await publisher.PublishAsync(topic, [.. batch.Select(shard => new PubsubMessage { Data = ByteString.CopyFrom(shard.ToBytes()) })], cancellationToken);
        }
    }
}
