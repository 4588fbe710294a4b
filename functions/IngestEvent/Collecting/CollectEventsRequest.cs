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

    /// <summary>One event, or an object whose <c>events</c> is a list of them.</summary>
    public static CollectEventsRequest From(JsonElement body) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty("events", out JsonElement events) && events.ValueKind == JsonValueKind.Array
            ? new CollectEventsRequest([.. events.EnumerateArray()])
            : new CollectEventsRequest([body]);
}
