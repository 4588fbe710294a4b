using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class BigQueryEventWarehouseContractTests(GoogleFixture fixture) : EventWarehouseContract, IClassFixture<GoogleFixture>
{
    protected override async Task<IEventWarehouse> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return new BigQueryWarehouse(GoogleClients.BigQuery(options), options, new ImpatientClock(Testing.Some.Instant));
    }
}
