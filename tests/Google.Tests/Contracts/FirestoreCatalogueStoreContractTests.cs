using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreCatalogueStoreContractTests(GoogleFixture fixture) : CatalogueStoreContract, IClassFixture<GoogleFixture>
{
    protected override async Task<ICatalogueStore> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreCatalogueStore(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant));
    }
}
