using System.Text.Json;
using System.Text.Json.Serialization;
using Aisle.Events.Rules;

namespace Aisle.Events.Wire;

/// <summary>An accepted event on the queue: JSON with the warehouse's column names, already pseudonymised.</summary>
public static class EventWire
{
    /// <summary>The attribute that names the form of the bytes.</summary>
    public const string SchemaAttribute = "schema";

    /// <summary>The only form so far.</summary>
    public const string Schema = "interaction_event/1";

    /// <summary>The attributes that every published event carries.</summary>
    public static IReadOnlyDictionary<string, string> Attributes { get; } = new Dictionary<string, string> { [SchemaAttribute] = Schema };

    /// <summary>The event's bytes.</summary>
    public static byte[] Encode(InteractionEvent interactionEvent) =>
        JsonSerializer.SerializeToUtf8Bytes(interactionEvent, EventJson.Default.InteractionEvent);

    /// <summary>Reads the bytes back.</summary>
    /// <param name="data">What the queue delivered.</param>
    /// <param name="reason">Why the bytes are no event, naming the field; null when they are one.</param>
    /// <returns>The event, or null.</returns>
    public static InteractionEvent? TryDecode(ReadOnlySpan<byte> data, out string? reason)
    {
        try
        {
            InteractionEvent? decoded = JsonSerializer.Deserialize(data, EventJson.Default.InteractionEvent);
            reason = decoded is null ? "The body is null; publish an event." : EventFacts.Fault(decoded);
            return reason is null ? InMicros(decoded!) : null;
        }
        catch (JsonException broken)
        {
            reason = $"{(broken.Path is null or "$" ? "body" : broken.Path)}: {broken.Message}";
            return null;
        }
    }

    /// <summary>UTC and microseconds, as the collector publishes and every store keeps.</summary>
    private static InteractionEvent InMicros(InteractionEvent e) => IsInMicros(e.OccurredAt) && IsInMicros(e.IngestedAt)
        ? e
        : e with { OccurredAt = EventBounds.ToMicros(e.OccurredAt), IngestedAt = EventBounds.ToMicros(e.IngestedAt) };

    private static bool IsInMicros(DateTimeOffset instant) => instant.Offset == TimeSpan.Zero && instant.Ticks % TimeSpan.TicksPerMicrosecond == 0;
}

/// <summary>How events are written; generated at compile time.</summary>
[JsonSourceGenerationOptions(
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(InteractionEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
