using System.Text.Json;
using System.Text.Json.Serialization;

namespace Aisle.Events;

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
            reason = decoded is null ? "The body is null; publish an event." : Fault(decoded);
            return reason is null ? decoded : null;
        }
        catch (JsonException broken)
        {
            reason = $"{(broken.Path is null or "$" ? "body" : broken.Path)}: {broken.Message}";
            return null;
        }
    }

    private static string? Fault(InteractionEvent e)
    {
        if (e.Product is null && e.Type != EventType.PageView)
        {
            return "product_id: missing; only page_view comes without a product.";
        }

        if (e.Currency is null && (e.UnitPriceMinor ?? e.RevenueMinor) is not null)
        {
            return "currency: missing; an amount needs its currency.";
        }

        return e.OccurredAt.Year is < 1990 or > 2200 ? "event_timestamp: outside 1990 to 2200." : null;
    }
}

/// <summary>How events are written; generated at compile time.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InteractionEvent))]
internal sealed partial class EventJson : JsonSerializerContext;
