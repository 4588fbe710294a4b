using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreRunStoreContractTests(GoogleFixture fixture) : RunStoreContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IRunStore> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreRunStore(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant));
    }
}
