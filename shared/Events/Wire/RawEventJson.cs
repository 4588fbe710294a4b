using System.Globalization;
using System.Text.Json;
using Aisle.Events.Rules;

namespace Aisle.Events.Wire;

/// <summary>Reads the collector's wire form, field by field, so that every field of the wrong type is named and
/// the rest is still read.</summary>
public static class RawEventJson
{
    /// <summary>The field of a fault that all of the event has.</summary>
    internal const string WholeEvent = "event";

    private const string TextRemedy = "Send a JSON string.";
    private const string WholeRemedy = "Send a whole JSON number.";
    private const string MoneyRemedy = "Send a plain JSON number, such as 12.50.";

    private static readonly KnownFields Fields = new(
        "event_id", "user_id", "assignment_id", "event_type", "product_id", "event_timestamp", "session_id", "device_type", "page_type", "page_load_ms", "page_dwell_ms",
        "quantity", "unit_price", "revenue", "currency", "order_id", "slate_id", "position");

    /// <summary>The fields of one JSON value.</summary>
    /// <param name="json">Should be an object.</param>
    /// <param name="faults">Grows by one entry a field that is unknown, given more than once, or of the wrong type.</param>
    public static RawEvent Read(JsonElement json, List<EventFault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        if (json.ValueKind != JsonValueKind.Object)
        {
            faults.Add(new EventFault(WholeEvent, "not a JSON object", "Send each event as an object."));
            return new RawEvent();
        }

        Fields.Check(json, faults);

        return new RawEvent
        {
            EventId = Text(json, "event_id", faults),
            UserId = Text(json, "user_id", faults),
            AssignmentId = Text(json, "assignment_id", faults),
            EventType = Text(json, "event_type", faults),
            ProductId = Text(json, "product_id", faults),
            EventTimestamp = Instant(json, faults),
            SessionId = Text(json, "session_id", faults),
            DeviceType = Text(json, "device_type", faults),
            PageType = Text(json, "page_type", faults),
            PageLoadMs = Whole(json, "page_load_ms", faults),
            PageDwellMs = Whole(json, "page_dwell_ms", faults),
            Quantity = Whole(json, "quantity", faults),
            UnitPrice = Amount(json, "unit_price", faults),
            Revenue = Amount(json, "revenue", faults),
            Currency = Text(json, "currency", faults),
            OrderId = Text(json, "order_id", faults),
            SlateId = Text(json, "slate_id", faults),
            Position = Whole(json, "position", faults),
        };
    }

    private static JsonElement? Find(JsonElement json, string field) =>
        json.TryGetProperty(field, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static string? Text(JsonElement json, string field, List<EventFault> faults)
    {
        if (Find(json, field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.String && TryGetText(value) is { } text)
        {
            return text;
        }

        faults.Add(new EventFault(field, "not a text", TextRemedy));
        return null;
    }

    /// <summary>A JSON string may escape half a surrogate pair; that is no text.</summary>
    private static string? TryGetText(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static long? Whole(JsonElement json, string field, List<EventFault> faults)
    {
        if (Find(json, field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long whole))
        {
            return whole;
        }

        faults.Add(new EventFault(field, "not a whole number", WholeRemedy));
        return null;
    }

    private static decimal? Amount(JsonElement json, string field, List<EventFault> faults)
    {
        if (Find(json, field) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal amount))
        {
            return amount;
        }

        faults.Add(new EventFault(field, "not a number", MoneyRemedy));
        return null;
    }

    private static DateTimeOffset? Instant(JsonElement json, List<EventFault> faults)
    {
        const string Field = "event_timestamp";
        if (Text(json, Field, faults) is not { } text)
        {
            return null;
        }

        bool hasOffset = text.EndsWith('Z') || text.AsSpan(Math.Min(text.Length, 10)).IndexOfAny('+', '-') >= 0;
        if (hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant))
        {
            return instant.ToUniversalTime();
        }

        faults.Add(new EventFault(Field, "no ISO 8601 time with an offset", "Send a time such as 2026-01-15T12:00:00Z."));
        return null;
    }
}
