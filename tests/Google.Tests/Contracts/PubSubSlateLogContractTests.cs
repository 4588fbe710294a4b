using Aisle.GoogleCloud.BigQuery;
using Aisle.GoogleCloud.PubSub;
using Aisle.GoogleCloud.Tests.Servers.PubSub;
using Aisle.Ports;
using Aisle.Reranking;
using Aisle.Testing;
using Aisle.Testing.Contracts;

namespace Aisle.GoogleCloud.Tests.Contracts;

/// <summary>The topic is part of the way: what is published is decoded and written as the event function does it.</summary>
public sealed class PubSubSlateLogContractTests(GoogleFixture fixture) : SlateLogContract, IClassFixture<GoogleFixture>
{
    protected override async Task<(ISlateLog Log, IEventWarehouse Warehouse)> CreateAsync()
    {
        GoogleOptions options = await fixture.Google.NewShopAsync();
        ImpatientClock clock = new(Some.Instant);
        BigQuerySlateLog written = new(GoogleClients.BigQuery(options), options, clock);
        PubSubSlateLog published = new(GoogleClients.Publisher(options), options.ProjectId, options.EventsTopic);
        return (
            new Delivered(published, written, fixture.Google.PubSub.Broker, options),
            new BigQueryWarehouse(GoogleClients.BigQuery(options), options, clock));
    }

    private sealed class Delivered(PubSubSlateLog published, BigQuerySlateLog written, MessageBroker broker, GoogleOptions options) : ISlateLog
    {
        private int _delivered;

        public async Task AppendAsync(IReadOnlyList<Slate> slates, CancellationToken cancellationToken)
        {
            await published.AppendAsync(slates, cancellationToken);
            foreach (Google.Cloud.PubSub.V1.PubsubMessage message in broker.Published(options.ProjectId, options.EventsTopic).Skip(_delivered))
            {
                Assert.True(SlateMessage.TryDecode(message.Data.Span, out IReadOnlyList<Slate>? read, out string? problem), problem);
                await written.AppendAsync(read, cancellationToken);
                _delivered++;
            }
        }
    }
}
