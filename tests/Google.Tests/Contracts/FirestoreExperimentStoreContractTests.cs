using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreExperimentStoreContractTests(GoogleFixture fixture) : ExperimentStoreContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IExperimentStore> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreExperimentStore(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant));
    }
}
