using System.Text.Json;
using Aisle.Benchmarks.Files;
using Aisle.Catalogue;
using Aisle.Events;

namespace Aisle.Benchmarks.Shops;

/// <summary>Purchases in order, without times: each shopper's last one is the test, the one before it validates.</summary>
internal static class Sequences
{
    /// <summary>Amazon Video Games: ids alone.</summary>
    public static ShopData Games(string folder)
    {
        ShopEvent[] events = [.. Lines.Of(Path.Combine(folder, "sequences.csv.gz")).Skip(1).SelectMany(line => History(line.Split(',')[0], line.Split(',')[1].Split(' ')))];
        return new ShopData("Amazon Games", ShopData.Bare(events), events, HeldDays: null);
    }

    /// <summary>Amazon Beauty: numbered attributes stand for text.</summary>
    public static ShopData Beauty(string folder)
    {
        ShopEvent[] events = [.. Lines.Of(Path.Combine(folder, "Beauty_sequences.txt.gz")).SelectMany(line => History(line.Split(' ')[0], line.Split(' ')[1..]))];
        Dictionary<string, int[]> attributes = JsonSerializer.Deserialize<Dictionary<string, int[]>>(
            string.Concat(Lines.Of(Path.Combine(folder, "Beauty_item2attributes.json.gz"))))!;
        Product[] products = [.. ShopData.Bare(events).Select(product => product with
        {
            Tags = [.. attributes.GetValueOrDefault(product.Id.Value, []).Select(number => $"attribute{number}")],
        })];
        return new ShopData("Amazon Beauty", products, events, HeldDays: null);
    }

    private static IEnumerable<ShopEvent> History(string user, string[] items) =>
        items.Select((item, position) => new ShopEvent(user, item, EventType.Purchase, ShopData.Step(position)));
}
