using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Benchmarks.Shops;

/// <summary>UCI Online Retail: invoices of a gift shop, with names and prices. Cancellations, postage and lines
/// without a customer are left out.</summary>
internal static class OnlineRetail
{
    private const int HeldDays = 30;
    private const int DigitsOfACode = 5;

    /// <summary>Reads the file of a folder.</summary>
    public static ShopData Read(string folder)
    {
        string[][] rows = [.. Lines.Of(Directory.GetFiles(folder, "*.csv.gz").Single()).Skip(1).Select(line => PairFile.Split(line, ',')).Where(IsSale)];
        Product[] products = [.. rows.GroupBy(row => row[1]).Select(Product)];
        return new ShopData("UCI Online Retail", products, [.. rows.Where(row => row[6].Length > 0).Select(Event)], HeldDays);
    }

    private static bool IsSale(string[] row) =>
        !row[0].StartsWith('C') && row[1].Length >= DigitsOfACode && row[1].Take(DigitsOfACode).All(char.IsAsciiDigit)
        && int.Parse(row[3], CultureInfo.InvariantCulture) > 0;

    private static Product Product(IGrouping<string, string[]> rows) => new()
    {
        Id = new ProductId(rows.Key),
        Title = rows.Select(row => row[2]).Where(title => title.Length > 0).GroupBy(title => title).OrderByDescending(same => same.Count()).ThenBy(same => same.Key, StringComparer.Ordinal).FirstOrDefault()?.Key,
        PriceMinor = (long)(100 * rows.Select(row => double.Parse(row[5], CultureInfo.InvariantCulture)).Order().ElementAt(rows.Count() / 2)),
        Currency = "GBP",
    };

    private static ShopEvent Event(string[] row) => new(
        row[6], row[1], EventType.Purchase, DateTimeOffset.Parse(row[4], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), row[0]);
}
