using System.Text.Json;

namespace Aisle.Benchmarks.Serving;

/// <summary>The mixed traffic of a benchmark: home slates of shoppers of every tier, each request as bytes, with
/// the tier that answered it.</summary>
/// <param name="Requests">In the order in which they are sent.</param>
internal sealed record Traffic(IReadOnlyList<(byte[] Bytes, string Group)> Requests)
{
    /// <summary>Shoppers without a history, one of ten.</summary>
    private const int StrangerEvery = 10;

    /// <summary>Asks for each shopper once and notes which tier answers.</summary>
    /// <param name="shop">The running host.</param>
    /// <param name="users">How many shoppers.</param>
    /// <param name="cancellationToken">Stops early.</param>
    public static async Task<Traffic> OfAsync(Shop shop, int users, CancellationToken cancellationToken)
    {
        string key = shop.KeyOf("storefront");
        using HttpClient client = new() { BaseAddress = shop.Url };
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        List<(byte[], string)> requests = [];
        for (int number = 1; number <= users; number++)
        {
            string user = number % StrangerEvery == 0 ? $"stranger-{number}" : shop.ShopperOf(number);
            using JsonDocument slate = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(shop.Url, Shop.SlatePath(user)), cancellationToken));
            requests.Add((LoadGenerator.Get(shop.Url, Shop.SlatePath(user), key), slate.RootElement.GetProperty("strategy").GetString()!));
        }

        return new Traffic(requests);
    }

    /// <summary>The requests of known users alone: those with a history.</summary>
    public IReadOnlyList<byte[]> Known => [.. Requests.Where(request => request.Group != "popularity_cohort").Select(request => request.Bytes)];
}
