using System.Text.Json;

namespace Aisle.IngestEvent.Collecting;

/// <summary>A batch as the collector receives it: the JSON of each event, still unread.</summary>
/// <param name="Events">In the order in which they came.</param>
public sealed record CollectEventsRequest(IReadOnlyList<JsonElement> Events)
{
    /// <summary>The most events of one request.</summary>
    public const int MaxEvents = 500;

    /// <summary>The most bytes of one request, unpacked.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>One event, a list of them, or an object whose <c>events</c> is a list.</summary>
    /// <returns>Null when the body is none of these.</returns>
    public static CollectEventsRequest? From(JsonElement body)
    {
        if (body.ValueKind == JsonValueKind.Object && !body.TryGetProperty("events", out _))
        {
            return new CollectEventsRequest([body]);
        }

        JsonElement events = body.ValueKind == JsonValueKind.Object ? body.GetProperty("events") : body;
        return events.ValueKind == JsonValueKind.Array ? new CollectEventsRequest([.. events.EnumerateArray()]) : null;
    }
}
