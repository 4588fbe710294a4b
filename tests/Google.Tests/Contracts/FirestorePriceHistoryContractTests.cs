using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestorePriceHistoryContractTests(GoogleFixture fixture) : PriceHistoryContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IPriceHistory> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestorePriceHistory(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant));
    }
}
