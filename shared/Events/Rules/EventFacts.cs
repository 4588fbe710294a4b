namespace Aisle.Events.Rules;

/// <summary>What holds for every event that the collector let through, checked again where events come off a queue: whoever may publish
/// to it need not be the collector.</summary>
internal static class EventFacts
{
    /// <summary>The first thing that is wrong, naming the field and the remedy; null when the event is one.</summary>
    public static string? Fault(InteractionEvent e) => OfProduct(e) ?? OfTime(e) ?? OfWords(e) ?? OfNumbers(e) ?? OfSlate(e) ?? OfMoney(e);

    private static string? OfProduct(InteractionEvent e) =>
        e.Product is null && e.Type != EventType.PageView ? "product_id: missing; only page_view comes without a product." : null;

    private static string? OfTime(InteractionEvent e)
    {
        if (IsOutside(e.OccurredAt))
        {
            return "event_timestamp: outside 1990 to 2200; publish the time of the act.";
        }

        if (IsOutside(e.IngestedAt))
        {
            return "ingested_at: outside 1990 to 2200; publish the time of acceptance.";
        }

        return e.OccurredAt > e.IngestedAt + EventBounds.MaxAhead ? "event_timestamp: later than ingested_at by more than 5 minutes; "
            + "correct the sender's clock." : null;
    }

    private static bool IsOutside(DateTimeOffset instant) => instant < EventBounds.Oldest || instant > EventBounds.Newest;

    private static string? OfWords(InteractionEvent e) =>
        OfWord("device_type", e.DeviceType) ?? OfWord("page_type", e.PageType);

    private static string? OfWord(string field, string? word) =>
        word is null || EventBounds.IsWord(word) ? null : $"{field}: empty, too long or with control characters; publish 1 to "
            + $"{EventBounds.MaxWord} characters, or none.";

    private static string? OfNumbers(InteractionEvent e) =>
        OfNumber("page_load_ms", e.PageLoadMs, 0, EventBounds.MaxMilliseconds) ?? OfNumber("page_dwell_ms", e.PageDwellMs, 0, EventBounds.MaxMilliseconds)
        ?? OfNumber("quantity", e.Quantity, 1, EventBounds.MaxQuantity) ?? OfNumber("position", e.Position, 1, EventBounds.MaxPosition);

    private static string? OfNumber(string field, long? value, long min, long max) =>
        value < min || value > max ? $"{field}: {value} is outside {min} to {max}; publish a number in the range, or none." : null;

    private static string? OfSlate(InteractionEvent e)
    {
        if (e.Type == EventType.Impression && (e.Slate is null || e.Position is null))
        {
            return "slate_id: an impression names its slate and position.";
        }

        return e.Position is not null && e.Slate is null ? "slate_id: missing; a position belongs to a slate." : null;
    }

    private static string? OfMoney(InteractionEvent e)
    {
        bool hasAmount = e.UnitPriceMinor is not null || e.RevenueMinor is not null;
        if (hasAmount != e.Currency is not null || (hasAmount && !Money.IsCurrency(e.Currency)))
        {
            return "currency: there must be three capital letters beside an amount, and none without.";
        }

        if (e.UnitPriceMinor < 0)
        {
            return "unit_price_minor: negative; publish the price of one piece.";
        }

        return e.Type switch
        {
            EventType.Refund when e.Order is null => "order_id: missing; a refund names its order.",
            EventType.Refund => e.RevenueMinor >= 0 ? "revenue_minor: not negative; a refund has negative revenue." : null,
            EventType.Purchase => e.RevenueMinor < 0 ? "revenue_minor: negative; publish what went back as a refund." : null,
            _ => e.RevenueMinor is not null ? "revenue_minor: not allowed for this event_type; publish it with purchase and refund only." : null,
        };
    }
}
