using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class BigQueryExposureLogContractTests(GoogleFixture fixture) : ExposureLogContract, IClassFixture<GoogleFixture>
{
    protected override async Task<(IExposureLog Log, IEventWarehouse Warehouse)> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        return (
            new BigQueryExposureLog(GoogleClients.BigQuery(options), options, new ImpatientClock(Testing.Some.Instant)),
            new BigQueryWarehouse(GoogleClients.BigQuery(options), options, new ImpatientClock(Testing.Some.Instant)));
    }
}
