using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Events.Rules;
using Aisle.Events.Wire;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Reading;

/// <summary>Makes rows of what a format's fields say, by the rules that hold for all events and products; what breaks one is left
/// out with the field and the remedy.</summary>
/// <param name="rows">Where the present row stands.</param>
/// <param name="options">What the operator said.</param>
internal sealed class RowMaker(IRows rows, ImportOptions options)
{
    private const decimal MostAmount = 1_000_000_000;

    private readonly EventRules _events = new(EventLimits.Import, static raw => new UserId(raw));
    private readonly ProductRules _products = new(requiresTitle: false);
    private string? _currency;

    /// <summary>An event, or why it cannot be one.</summary>
    /// <param name="kind">What it counts as.</param>
    /// <param name="raw">Its fields.</param>
    /// <param name="faults">What was found wrong while reading; empty otherwise.</param>
    public ImportedRow Event(string kind, RawEvent raw, params IEnumerable<EventFault> faults)
    {
        List<EventFault> all = [.. faults];
        InteractionEvent? happened = _events.Accept(raw, options.Now, all);
        CheckCurrency(happened?.Currency, all);
        return happened is null || all.Count > 0
            ? Reject(all)
            : new ImportedRow.Accepted(rows.Line, kind, ImportedEvent.From(happened));
    }

    /// <summary>A product, or why it cannot be one.</summary>
    /// <param name="kind">What it counts as.</param>
    /// <param name="raw">Its fields.</param>
    /// <param name="faults">What was found wrong while reading; empty otherwise.</param>
    public ImportedRow Product(string kind, RawProduct raw, params IEnumerable<EventFault> faults)
    {
        List<EventFault> all = [.. faults];
        Product? product = _products.Accept(raw, all);
        CheckCurrency(product?.Currency, all);
        return product is null || all.Count > 0
            ? Reject(all) with { Product = Identity.IsValid(raw.ProductId) ? new ProductId(raw.ProductId!) : null }
            : new ImportedRow.Listed(rows.Line, kind, product) { SaysStock = raw.InStock is not null };
    }

    /// <summary>A row that the format leaves out by rule.</summary>
    public ImportedRow LeftOut(string kind) => new ImportedRow.Rejected(rows.Line, kind, rows.Text());

    /// <summary>An amount; null when the text is empty or none, and then a fault says so.</summary>
    public static decimal? Amount(string field, string text, List<EventFault> faults)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out decimal amount))
        {
            return amount;
        }

        faults.Add(new EventFault(field, $"'{Shorten(text)}' is no number", "Write amounts with a point and without separators or signs "
            + "of money, such as 1234.50."));
        return null;
    }

    /// <summary>The amount, if it is one that can be reckoned with; otherwise null, and a fault says so.</summary>
    public static decimal? Within(string field, decimal? amount, List<EventFault> faults)
    {
        if (amount is null || Math.Abs(amount.Value) <= MostAmount)
        {
            return amount;
        }

        faults.Add(new EventFault(field, "out of range", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Write an "
            + $"amount from -{MostAmount} to {MostAmount}.")));
        return null;
    }

    /// <summary>A whole number, such as 3 or 3.0; null when the text is empty or none, and then a fault says so.</summary>
    public static long? Whole(string field, string text, List<EventFault> faults)
    {
        List<EventFault> own = [];
        decimal? amount = Amount(field, text, own);
        if (own.Count == 0 && (amount is not { } value || (value == decimal.Truncate(value) && Math.Abs(value) <= MostAmount)))
        {
            return (long?)amount;
        }

        faults.Add(new EventFault(field, $"'{Shorten(text)}' is no whole number", "Write a whole number, such as 3."));
        return null;
    }

    /// <summary>A time; null when the text is none, and then a fault says so.</summary>
    public DateTimeOffset? Time(string field, string text, List<EventFault> faults)
    {
        DateTimeOffset? time = ImportedTime.Parse(text, options.Map?.TimeFormat);
        if (time is null && text.Length > 0)
        {
            faults.Add(new EventFault(
                field, $"'{Shorten(text)}' is no time{(options.Map?.TimeFormat is { } format ? $" of the form {format}" : "")}",
                "Write it as 2026-01-15T12:00:00Z or as a Unix time, or name the form with time_format in the map."));
        }

        return time;
    }

    private void CheckCurrency(string? currency, List<EventFault> faults)
    {
        _currency ??= currency;
        if (!options.AnyCurrency && currency is not null && currency != _currency)
        {
            faults.Add(new EventFault(
                "currency", $"{currency}, but the file's amounts so far are in "
                    + $"{_currency}", "Convert the amounts into one currency, or let them in with --any-currency."));
        }
    }

    private ImportedRow.Rejected Reject(List<EventFault> faults) => new(rows.Line, Kind(faults), rows.Text())
    {
        Detail = string.Join(" ", faults.Select(fault => $"{fault.Field}: {fault.Problem}. {fault.Remedy}")),
    };

    private static string Kind(List<EventFault> faults) => $"{string.Join(", ", faults.Select(fault => fault.Field).Order(StringComparer.Ordinal))} cannot be used";

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
