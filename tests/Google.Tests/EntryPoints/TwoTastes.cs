using Aisle.Events;
using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.Firestore;
using Aisle.Privacy;
using Aisle.Testing;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>A shop of two tastes: even shoppers buy even products, odd ones odd; each has bought fifteen over the
/// last thirty days.</summary>
internal static class TwoTastes
{
    private const int Shoppers = 60;
    private const int Products = 40;

    private static readonly Pseudonymizer Pseudonymizer = new(new byte[32]);

    /// <summary>The pseudonym of a shopper whom the shop calls <c>u</c> and a number.</summary>
    public static UserId User(int number) => Pseudonymizer.UserOf($"u{number}");

    /// <summary>Fills the catalogue and the warehouse.</summary>
    public static async Task SellAsync(GoogleOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        FirestoreCatalogueStore catalogue = new(GoogleClients.Firestore(options), clock);
        await catalogue.UpsertAsync(
            [.. Enumerable.Range(0, Products).Select(i => Some.Product($"p{i}", i % 2 == 0 ? "Garden" : "Kitchen"))], cancellationToken);
        InteractionEvent[] sold =
        [
            .. from shopper in Enumerable.Range(0, Shoppers)
               from sale in Enumerable.Range(0, 15)
               let product = ((shopper * 7) + (sale * 2)) % Products
               let matching = product % 2 == shopper % 2 ? product : (product + 1) % Products
               select Some.Purchase($"e{shopper}-{sale}", User(shopper).Value, $"p{matching}") with { OccurredAt = Some.Instant.AddDays((2 * sale) - 29) },
        ];
        await new BigQueryWarehouse(GoogleClients.BigQuery(options), options, clock).AppendAsync(sold, cancellationToken);
    }
}
