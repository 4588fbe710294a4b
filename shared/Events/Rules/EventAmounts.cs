using Aisle.Events.Wire;

namespace Aisle.Events.Rules;

/// <summary>The money of an event: currency known, signs right, revenue there or computed from price and quantity.</summary>
/// <param name="limits">Whether a sale must carry revenue.</param>
internal sealed class EventAmounts(EventLimits limits)
{
    /// <summary>The amounts in minor units; null where there are none or where a fault was found.</summary>
    public (long? UnitPrice, long? Revenue) Of(RawEvent raw, EventType? type, List<EventFault> faults)
    {
        bool hasAmount = raw.UnitPrice is not null || raw.Revenue is not null;
        bool hasCurrency = Currencies.IsKnown(raw.Currency);
        if ((hasAmount || raw.Currency is not null) && !hasCurrency)
        {
            EventRules.AddOnce(faults, "currency", Currencies.Problem(raw.Currency), Currencies.Remedy);
        }

        CheckSigns(raw, type, faults);
        decimal? revenue = raw.Revenue ?? (IsSale(type) ? Computed(raw, type) : null);
        if (IsSale(type) && revenue is null && limits.RequiresRevenue)
        {
            EventRules.AddOnce(faults, "revenue", "missing", "Send the line's revenue, or unit_price and quantity, with the currency.");
        }

        return !hasCurrency ? (null, null) : (Minor("unit_price", raw.UnitPrice, raw.Currency, faults), Minor("revenue", revenue, raw.Currency, faults));
    }

    private static bool IsSale(EventType? type) => type is EventType.Purchase or EventType.Refund;

    private static decimal? Computed(RawEvent raw, EventType? type)
    {
        if (raw.UnitPrice is not { } price || raw.Quantity is not { } quantity || Math.Abs(price) > 1e12m || Math.Abs(quantity) > 1_000_000)
        {
            return null;
        }

        return type is EventType.Refund ? -price * quantity : price * quantity;
    }

    private static void CheckSigns(RawEvent raw, EventType? type, List<EventFault> faults)
    {
        if (raw.UnitPrice < 0)
        {
            faults.Add(new EventFault("unit_price", "negative", "Send the price of one piece, at least 0."));
        }

        if (type is EventType.Refund && raw.Revenue >= 0)
        {
            faults.Add(new EventFault("revenue", "not negative", "A refund has negative revenue."));
        }
        else if (type is EventType.Purchase && raw.Revenue < 0)
        {
            faults.Add(new EventFault("revenue", "negative", "Send what came in as a purchase, and what went back as a refund."));
        }
        else if (raw.Revenue is not null && type is not null && !IsSale(type))
        {
            faults.Add(new EventFault("revenue", "not allowed for this event_type", "Send revenue with purchase and refund only."));
        }
    }

    private static long? Minor(string field, decimal? amount, string? currency, List<EventFault> faults)
    {
        if (amount is not { } value)
        {
            return null;
        }

        long? minor = Money.ToMinor(value, currency!);
        if (minor is null)
        {
            faults.Add(new EventFault(field, "too large", "Send an amount below 9,000,000,000,000,000."));
        }

        return minor;
    }
}
