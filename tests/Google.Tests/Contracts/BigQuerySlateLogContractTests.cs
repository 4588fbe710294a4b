using Aisle.GoogleCloud.BigQuery;
using Aisle.Ports;
using Aisle.Testing;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

public sealed class BigQuerySlateLogContractTests(GoogleFixture fixture) : SlateLogContract, IClassFixture<GoogleFixture>
{
    protected override async Task<(ISlateLog Log, IEventWarehouse Warehouse)> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        ImpatientClock clock = new(Some.Instant);
        return (new BigQuerySlateLog(GoogleClients.BigQuery(options), options, clock), new BigQueryWarehouse(GoogleClients.BigQuery(options), options, clock));
    }
}
