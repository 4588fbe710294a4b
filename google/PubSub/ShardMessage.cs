using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>Asks a worker to write one shard's lists.</summary>
/// <param name="ModelVersion">Under which version.</param>
/// <param name="AsOf">The moment that the version was trained as of.</param>
/// <param name="Shard">Which, from 0.</param>
public sealed record ShardMessage(
    [property: JsonPropertyName("model_version")] string ModelVersion,
    [property: JsonPropertyName("as_of")] DateTimeOffset AsOf,
    [property: JsonPropertyName("shard")] int Shard)
{
    /// <summary>The message's body.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>The message of a body, or null when it is none.</summary>
    public static ShardMessage? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<ShardMessage>(body) is { ModelVersion: { Length: > 0 }, Shard: >= 0 } message && message.AsOf != default ? message : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
