using Aisle.GoogleCloud.Firestore;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class FirestoreAvailabilityOverlayContractTests(GoogleFixture fixture) : AvailabilityOverlayContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IAvailabilityOverlay> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new FirestoreAvailabilityOverlay(GoogleClients.Firestore(options));
    }
}
