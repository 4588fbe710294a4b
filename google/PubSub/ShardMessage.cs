using System.Text.Json;
using Aisle.Candidates.Hybrid;

namespace Aisle.GoogleCloud.PubSub;

/// <summary>Asks a worker to write one shard's lists.</summary>
/// <param name="ModelVersion">Under which version.</param>
/// <param name="AsOf">The moment that the version was trained as of.</param>
/// <param name="Shard">Which, from 0.</param>
/// <param name="Weights">How much each source counts, learnt for the version; null where the worker's own options hold.</param>
public sealed record ShardMessage(string ModelVersion, DateTimeOffset AsOf, int Shard, HybridWeights? Weights = null)
{
    private static readonly JsonSerializerOptions Form = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, RespectNullableAnnotations = true };

    /// <summary>The message's body.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, Form);

    /// <summary>The message of a body, or null when it is none.</summary>
    public static ShardMessage? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize<ShardMessage>(body, Form) is { ModelVersion.Length: > 0, Shard: >= 0 } message && message.AsOf != default && IsUsable(message.Weights)
                ? message
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool IsUsable(HybridWeights? weights)
    {
        try
        {
            weights?.In(new HybridOptions()).Validate();
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
