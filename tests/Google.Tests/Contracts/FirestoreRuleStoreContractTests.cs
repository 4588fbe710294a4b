using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreRuleStoreContractTests(GoogleFixture fixture) : RuleStoreContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IRuleStore> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreRuleStore(GoogleClients.Firestore(options), new ImpatientClock(Testing.Some.Instant));
    }
}
