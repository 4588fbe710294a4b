namespace Aisle.Benchmarks.Shops;

/// <summary>The public data sets that tables treat as shops.</summary>
internal static class PublicShops
{
    /// <summary>What each is called, its folder, and how it is read.</summary>
    public static IReadOnlyList<(string Name, string Folder, Func<string, ShopData> Read)> All { get; } =
    [
        ("uci", "uci_online_retail", OnlineRetail.Read),
        ("retailrocket", "retailrocket", RetailRocket.Read),
        ("completejourney", "completejourney", CompleteJourney.Read),
        ("games", "amazon_seq_games", Sequences.Games),
        ("beauty", "amazon_s3rec", Sequences.Beauty),
    ];
}
