using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreProfileStoreContractTests(GoogleFixture fixture) : ProfileStoreContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IProfileStore> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreProfileStore(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant));
    }
}
