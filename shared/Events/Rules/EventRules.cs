using Aisle.Events.Wire;

namespace Aisle.Events.Rules;

/// <summary>Turns what a sender gave into an event, or says everything that is wrong with it. Validation happens here, once;
/// afterwards the types carry the proof.</summary>
/// <param name="limits">What is acceptable.</param>
/// <param name="pseudonymOf">Makes the pseudonym of a raw id.</param>
public sealed class EventRules(EventLimits limits, Func<string, UserId> pseudonymOf)
{
    /// <summary>Checks every field and reports all faults together.</summary>
    /// <param name="raw">What the sender gave.</param>
    /// <param name="now">When we received it, UTC.</param>
    /// <param name="faults">Grows by one entry a fault; faults found while reading may already stand in it.</param>
    /// <returns>The event, or null when there is any fault.</returns>
    public InteractionEvent? Accept(RawEvent raw, DateTimeOffset now, List<EventFault> faults)
    {
        ArgumentNullException.ThrowIfNull(raw);
        ArgumentNullException.ThrowIfNull(faults);
        if (faults.Exists(fault => fault.Field == RawEventJson.WholeEvent))
        {
            return null; // nothing could be read, and that says all
        }

        EventType? type = TypeOf(raw, faults);
        CheckIdentities(raw, type, faults);
        CheckTime(raw, now, faults);
        CheckNumbers(raw, faults);
        CheckSlate(raw, type, faults);
        (long? unitPrice, long? revenue) = new EventAmounts(limits).Of(raw, type, faults);
        return faults.Count > 0 ? null : Event(raw, type!.Value, now, unitPrice, revenue);
    }

    private static EventType? TypeOf(RawEvent raw, List<EventFault> faults)
    {
        if (EventTypes.TryParse(raw.EventType, out EventType type))
        {
            return type;
        }

        AddOnce(faults, "event_type", raw.EventType is null ? "missing" : "unknown", $"Send one of {string.Join(", ", EventTypes.Names)}.");
        return null;
    }

    private void CheckIdentities(RawEvent raw, EventType? type, List<EventFault> faults)
    {
        CheckIdentity("event_id", raw.EventId, isRequired: true, faults);
        CheckIdentity("user_id", raw.UserId, limits.RequiresUser, faults);
        CheckIdentity("assignment_id", raw.AssignmentId, isRequired: false, faults);
        CheckIdentity("product_id", raw.ProductId, type is not null and not EventType.PageView, faults);
        CheckIdentity("session_id", raw.SessionId, isRequired: false, faults);
        CheckIdentity("order_id", raw.OrderId, type is EventType.Refund, faults);
        CheckIdentity("slate_id", raw.SlateId, type is EventType.Impression, faults);
        CheckWord("device_type", raw.DeviceType, faults);
        CheckWord("page_type", raw.PageType, faults);
    }

    private void CheckTime(RawEvent raw, DateTimeOffset now, List<EventFault> faults)
    {
        if (raw.EventTimestamp is not { } time)
        {
            AddOnce(faults, "event_timestamp", "missing", "Send the time of the act as ISO 8601 with its offset, such as 2026-01-15T12:00:00Z.");
        }
        else if (time > now + limits.MaxAhead)
        {
            AddOnce(faults, "event_timestamp", $"{time:O} is ahead of our clock by more than {limits.MaxAhead.TotalMinutes:0} minutes", "Correct the sender's clock.");
        }
        else if (time < EventBounds.Oldest || (limits.MaxAge is { } age && time < now - age))
        {
            AddOnce(
                faults, "event_timestamp", $"{time:O} is older than {(limits.MaxAge is { } max ? $"{max.TotalHours:0} hours" : "1990")}",
                "Send events within 72 hours; older ones go through the import.");
        }
    }

    private static void CheckNumbers(RawEvent raw, List<EventFault> faults)
    {
        CheckRange("page_load_ms", raw.PageLoadMs, 0, EventBounds.MaxMilliseconds, faults);
        CheckRange("page_dwell_ms", raw.PageDwellMs, 0, EventBounds.MaxMilliseconds, faults);
        CheckRange("quantity", raw.Quantity, 1, EventBounds.MaxQuantity, faults);
        CheckRange("position", raw.Position, 1, EventBounds.MaxPosition, faults);
    }

    private static void CheckSlate(RawEvent raw, EventType? type, List<EventFault> faults)
    {
        if (type is EventType.Impression && raw.Position is null)
        {
            AddOnce(faults, "position", "missing", "An impression names its position in the slate, from 1.");
        }

        if (raw.Position is not null && raw.SlateId is null)
        {
            AddOnce(faults, "slate_id", "missing", "A position belongs to a slate: send the slate_id that the slate came with.");
        }
    }

    private static void CheckIdentity(string field, string? value, bool isRequired, List<EventFault> faults)
    {
        if (value is null && isRequired)
        {
            AddOnce(faults, field, "missing", $"Send a text of 1 to {Identity.MaxLength} characters.");
        }
        else if (value is not null && !Identity.IsValid(value))
        {
            AddOnce(faults, field, "empty, too long or with control characters", $"Send a text of 1 to {Identity.MaxLength} characters.");
        }
    }

    private static void CheckWord(string field, string? value, List<EventFault> faults)
    {
        if (value is not null && !EventBounds.IsWord(value))
        {
            AddOnce(faults, field, "empty, too long or with control characters", $"Send a text of 1 to {EventBounds.MaxWord} characters, or leave it out.");
        }
    }

    private static void CheckRange(string field, long? value, long min, long max, List<EventFault> faults)
    {
        if (value < min || value > max)
        {
            AddOnce(faults, field, $"{value} is outside {min} to {max}", $"Send a whole number from {min} to {max}, or leave it out.");
        }
    }

    /// <summary>One fault a field: what was found while reading says more than "missing".</summary>
    internal static void AddOnce(List<EventFault> faults, string field, string problem, string remedy)
    {
        if (!faults.Exists(fault => fault.Field == field))
        {
            faults.Add(new EventFault(field, problem, remedy));
        }
    }

    private InteractionEvent Event(RawEvent raw, EventType type, DateTimeOffset now, long? unitPrice, long? revenue) => new()
    {
        Id = new EventId(raw.EventId!),
        User = raw.UserId is null ? null : pseudonymOf(raw.UserId),
        Assignment = raw.AssignmentId is null ? null : new AssignmentId(pseudonymOf(raw.AssignmentId).Value),
        Type = type,
        Product = raw.ProductId is null ? null : new ProductId(raw.ProductId),
        OccurredAt = EventBounds.ToMicros(raw.EventTimestamp!.Value),
        IngestedAt = EventBounds.ToMicros(now),
        Session = raw.SessionId is null ? null : new SessionId(raw.SessionId),
        DeviceType = raw.DeviceType,
        PageType = raw.PageType,
        PageLoadMs = (int?)raw.PageLoadMs,
        PageDwellMs = (int?)raw.PageDwellMs,
        Quantity = (int?)raw.Quantity,
        UnitPriceMinor = unitPrice,
        RevenueMinor = revenue,
        Currency = unitPrice is null && revenue is null ? null : raw.Currency,
        Order = raw.OrderId is null ? null : new OrderId(raw.OrderId),
        Slate = raw.SlateId is null ? null : new SlateId(raw.SlateId),
        Position = (int?)raw.Position,
    };
}
