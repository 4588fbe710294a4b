using System.Text;
using Aisle.Events;
using Aisle.Events.Wire;

namespace Aisle.Benchmarks.Fuzz;

/// <summary>What may stand in the history, written down a second time and without a look at the rules that let it through.</summary>
internal static class AcceptedEventCheck
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What is wrong with an accepted event; null when nothing is.</summary>
    public static string? Complaint(InteractionEvent e)
    {
        string?[] ids = [e.Id.Value, e.User?.Value, e.Assignment?.Value, e.Product?.Value, e.Session?.Value, e.Order?.Value, e.Slate?.Value];
        bool[] mustHold =
        [
            ids.All(id => id is null || (id.Length is > 0 and <= 128 && id.Trim().Length > 0 && id.All(c => c >= ' '))),
            new[] { e.DeviceType, e.PageType }.All(word => word is null || (word.Length is > 0 and <= 64 && word.All(c => c >= ' '))),
            ids.Append(e.DeviceType).Append(e.PageType).All(IsText),
            Enum.IsDefined(e.Type),
            e.Product is not null || e.Type == EventType.PageView,
            e.OccurredAt.Offset == TimeSpan.Zero && e.OccurredAt.Year is >= 1990 and < 2200 && e.OccurredAt.Ticks % 10 == 0,
            e.OccurredAt <= e.IngestedAt.AddMinutes(5),
            e.PageLoadMs is null or (>= 0 and <= 86_400_000) && e.PageDwellMs is null or (>= 0 and <= 86_400_000),
            e.Quantity is null or (>= 1 and <= 1_000_000),
            e.Position is null || (e.Position is >= 1 and <= 1000 && e.Slate is not null),
            e.Type != EventType.Impression || (e.Slate is not null && e.Position is not null),
            e.UnitPriceMinor is null or >= 0,
            e.Type != EventType.Refund || (e.Order is not null && e.RevenueMinor is null or < 0),
            e.Type != EventType.Purchase || e.RevenueMinor is null or >= 0,
            e.RevenueMinor is null || e.Type is EventType.Purchase or EventType.Refund,
            (e.Currency is null) == (e.UnitPriceMinor is null && e.RevenueMinor is null),
            e.Currency is null || (e.Currency.Length == 3 && e.Currency.All(char.IsAsciiLetterUpper)),
        ];
        int broken = Array.IndexOf(mustHold, false);
        return broken < 0 ? null : $"condition {broken} does not hold for {Encoding.UTF8.GetString(EventWire.Encode(e))}";
    }

    /// <summary>Whether the text has no half surrogate pairs, so that every store can keep it.</summary>
    private static bool IsText(string? text)
    {
        try
        {
            return text is null || Strict.GetByteCount(text) >= 0;
        }
        catch (EncoderFallbackException)
        {
            return false;
        }
    }
}
