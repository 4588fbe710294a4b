using System.Globalization;
using Aisle.Catalogue;
using Aisle.Events;
using Aisle.Local.Import.Reading;
using Aisle.Local.Import.Rows;

namespace Aisle.Local.Import.Datasets;

/// <summary>Understands the rows of UCI Online Retail.</summary>
internal sealed class UciOnlineRetailReader(CsvRows rows) : IRowReader
{
    private const string Currency = "GBP";
    private const decimal MaxAmount = 1_000_000m;

    private static readonly string[] DateFormats =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ"];

    private readonly Dictionary<ProductId, (DateTimeOffset Named, DateTimeOffset Priced, Product Product)> _products = [];
    private readonly OccurrenceCounter _occurrences = new();

    /// <inheritdoc/>
    public IReadOnlyCollection<Product> Products => [.. _products.Values.Select(known => known.Product).OrderBy(product => product.Id)];

    /// <inheritdoc/>
    public IEnumerable<ImportedRow> Read() => [ReadRow()];

    private ImportedRow ReadRow()
    {
        string stockCode = rows["StockCode"].ToUpperInvariant();
        string invoice = rows["InvoiceNo"];
        if (!Identity.IsValid(invoice) || !Identity.IsValid(stockCode))
        {
            return Reject("InvoiceNo or StockCode is empty");
        }

        return UciStockCodes.NonProduct(stockCode) is { } nonProduct ? Reject(nonProduct) : ReadLine(invoice, stockCode);
    }

    private ImportedRow ReadLine(string invoice, string stockCode)
    {
        if (!int.TryParse(rows["Quantity"], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int quantity) || quantity is 0 or int.MinValue)
        {
            return Reject("Quantity is no whole number other than 0");
        }

        if (!DateTimeOffset.TryParseExact(
            rows["InvoiceDate"], DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at))
        {
            return Reject("InvoiceDate is no date such as 2010-12-01 08:26:00");
        }

        if (!decimal.TryParse(rows["UnitPrice"], NumberStyles.Number, CultureInfo.InvariantCulture, out decimal price) || price < 0 || price > MaxAmount)
        {
            return Reject("UnitPrice is no amount from 0 to 1,000,000");
        }

        bool credit = invoice.StartsWith('C');
        return NotASale(credit, quantity, price) is { } kind ? Reject(kind) : Accept(invoice, stockCode, Math.Abs(quantity), at, price, credit);
    }

    private static string? NotASale(bool credit, int quantity, decimal price) => (credit, quantity, price) switch
    {
        (true, > 0, _) => "a credit note with a positive quantity",
        (false, < 0, _) => "a stock correction: negative quantity without a credit note",
        (_, _, 0) => "no price: a gift, a sample or stock that was found",
        _ => null,
    };

    private ImportedRow.Accepted Accept(string invoice, string stockCode, int quantity, DateTimeOffset at, decimal price, bool credit)
    {
        ProductId product = new(stockCode);
        string? customer = rows["CustomerID"] is { Length: > 0 } given ? Whole(given) : null;
        long revenue = Money.ToMinor(quantity * price, Currency) ?? 0;
        Remember(product, at, price, credit);
        string kind = (credit ? "refund" : "sale") + (customer is null ? " without a customer: counts in totals, trains nobody" : "");
        return new ImportedRow.Accepted(rows.Line, kind, new ImportedEvent
        {
            Id = new EventId(EventKey.Of("uci", invoice, stockCode, _occurrences.Next(invoice, stockCode).ToString(CultureInfo.InvariantCulture))),
            Shopper = customer,
            Type = credit ? EventType.Refund : EventType.Purchase,
            Product = product,
            OccurredAt = at,
            Quantity = quantity,
            UnitPriceMinor = Money.ToMinor(price, Currency),
            RevenueMinor = credit ? -revenue : revenue,
            Currency = Currency,
            Order = new OrderId(invoice),
        });
    }

    // One product per stock code: the latest description that is not empty, and the latest price of a sale.
    private void Remember(ProductId product, DateTimeOffset at, decimal price, bool credit)
    {
        string description = rows["Description"];
        if (!_products.TryGetValue(product, out var known))
        {
            known = (DateTimeOffset.MinValue, DateTimeOffset.MinValue, new Product { Id = product });
        }

        if (description.Length > 0 && at >= known.Named)
        {
            known = (at, known.Priced, known.Product with { Title = description });
        }

        if (!credit && at >= known.Priced)
        {
            known = (known.Named, at, known.Product with { PriceMinor = Money.ToMinor(price, Currency), Currency = Currency });
        }

        _products[product] = known;
    }

    // Some copies of the file write customers as 17850.0.
    private static string Whole(string customer) => customer.EndsWith(".0", StringComparison.Ordinal) ? customer[..^2] : customer;

    private ImportedRow.Rejected Reject(string kind) => new(rows.Line, kind, rows.Text());
}
