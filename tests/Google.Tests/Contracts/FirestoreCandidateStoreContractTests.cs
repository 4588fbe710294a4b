using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreCandidateStoreContractTests(GoogleFixture fixture) : CandidateStoreContract, IClassFixture<GoogleFixture>
{
    protected override async Task<ICandidateStore> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreCandidateStore(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant), writers: 1);
    }
}
