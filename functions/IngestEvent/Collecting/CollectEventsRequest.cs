using System.Text.Json;
using Aisle.Events.Rules;
using Aisle.Events.Wire;

namespace Aisle.IngestEvent.Collecting;

/// <summary>A batch as the collector receives it: the JSON of each event, still unread.</summary>
/// <param name="Events">In the order in which they came.</param>
public sealed record CollectEventsRequest(IReadOnlyList<JsonElement> Events)
{
    /// <summary>The most events of one request.</summary>
    public const int MaxEvents = 500;

    /// <summary>The most bytes of one request, unpacked.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    private static readonly KnownFields Fields = new("events");

    /// <summary>One event, a list of them, or an object whose <c>events</c> is a list.</summary>
    /// <param name="body">The body's JSON.</param>
    /// <param name="faults">Grows by what is wrong with the batch as such; its events are not looked into.</param>
    /// <returns>Null when anything is wrong.</returns>
    public static CollectEventsRequest? From(JsonElement body, List<EventFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        JsonElement events = body;
        if (body.ValueKind == JsonValueKind.Object)
        {
            if (!body.TryGetProperty("events", out events))
            {
                return new CollectEventsRequest([body]);
            }

            Fields.Check(body, faults);
        }

        if (events.ValueKind != JsonValueKind.Array)
        {
            faults.Add(new EventFault("events", "neither an event nor a list of events", """Send {"events":[…]} with 1 to 500 events, or one event as an object."""));
        }

        return faults.Count > 0 ? null : new CollectEventsRequest([.. events.EnumerateArray()]);
    }
}
