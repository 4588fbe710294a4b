using System.Globalization;
using Aisle.Benchmarks.Files;
using Aisle.Events;

namespace Aisle.Benchmarks.Shops;

/// <summary>RetailRocket: views, carts and purchases of 2,174 buyers; the published test is each buyer's last
/// purchase, which has no time.</summary>
internal static class RetailRocket
{
    /// <summary>Reads the file of a folder.</summary>
    public static ShopData Read(string folder)
    {
        ShopEvent[] events = [.. Lines.Of(Path.Combine(folder, "multibehavior_events.csv.gz")).Skip(1).Select(line => Event(line.Split(',')))];
        return new ShopData("RetailRocket", ShopData.Bare(events), events, HeldDays: null);
    }

    private static ShopEvent Event(string[] row) => new(
        row[0], row[1],
        row[2] switch { "view" => EventType.View, "addtocart" => EventType.AddToCart, _ => EventType.Purchase },
        row[3].Length > 0 ? DateTimeOffset.FromUnixTimeSeconds(long.Parse(row[3], CultureInfo.InvariantCulture)) : DateTimeOffset.FromUnixTimeSeconds(int.MaxValue));
}
