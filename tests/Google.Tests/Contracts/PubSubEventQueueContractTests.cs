using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Tests.Servers;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class PubSubEventQueueContractTests : EventQueueContract, IAsyncLifetime
{
    private GoogleInProcess? _google;

    protected override int AttemptAfterRelease => 2;

    protected override bool LooksIntoWhatItHolds => false;

    public async ValueTask InitializeAsync() => _google = await GoogleInProcess.StartAsync(Clock);

    public ValueTask DisposeAsync() => _google!.DisposeAsync();

    protected override async Task<IEventQueue> CreateAsync()
    {
        GoogleOptions options = await _google!.NewShopAsync();
        return new PubSubEventQueue(
            GoogleClients.Publisher(options), GoogleClients.Subscriber(options), GoogleClients.BigQuery(options), options, new ImpatientClock(Testing.Some.Instant));
    }
}
