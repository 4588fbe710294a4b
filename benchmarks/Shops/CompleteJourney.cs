using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Benchmarks.Shops;

/// <summary>The Complete Journey: a year of grocery baskets, with departments, brands and prices. Fuel and coupons are left out.</summary>
internal static class CompleteJourney
{
    private const int HeldDays = 30;

    private static readonly HashSet<string> NoGoods = new(["FUEL", "COUPON", "MISCELLANEOUS", ""], StringComparer.Ordinal);

    /// <summary>Reads the files of a folder.</summary>
    public static ShopData Read(string folder)
    {
        Dictionary<string, string[]> known = Rows(folder, "products.csv.gz").Where(row => !NoGoods.Contains(row[2])).ToDictionary(row => row[0]);
        string[][] sales = [.. Rows(folder, "transactions_sample.csv.gz").Where(row => known.ContainsKey(row[3]))];
        Product[] products = [.. sales.GroupBy(row => row[3]).Select(rows => Product(known[rows.Key], rows))];
        return new ShopData("Complete Journey", products, [.. sales.Select(Event)], HeldDays);
    }

    private static IEnumerable<string[]> Rows(string folder, string file) =>
        Lines.Of(Path.Combine(folder, file)).Skip(1).Select(line => PairFile.Split(line, ','));

    private static Product Product(string[] row, IEnumerable<string[]> sales) => new()
    {
        Id = new ProductId(row[0]),
        Title = row[5].Length > 0 ? row[5] : row[4],
        Category = row[2],
        Subcategory = row[4].Length > 0 ? row[4] : null,
        Brand = $"maker {row[1]}",
        Tags = row[6].Length > 0 ? [row[3], row[6]] : [row[3]],
        PriceMinor = (long)(100 * sales.Average(sale => Number(sale[5]) / Math.Max(1, Number(sale[4])))),
        Currency = "USD",
    };

    private static ShopEvent Event(string[] row) => new(
        row[0], row[3], EventType.Purchase, DateTimeOffset.Parse(row[10], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), row[2]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
