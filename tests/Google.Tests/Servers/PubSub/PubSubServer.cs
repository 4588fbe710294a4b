using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.GoogleCloud.Tests.Servers.PubSub;

/// <summary>A Pub/Sub in this process, to which the real client library connects.</summary>
internal sealed class PubSubServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private PubSubServer(LoopbackServer server, MessageBroker broker, FaultPlan faults)
    {
        _server = server;
        Broker = broker;
        Faults = faults;
    }

    public MessageBroker Broker { get; }

    public FaultPlan Faults { get; }

    /// <summary>What <c>PUBSUB_EMULATOR_HOST</c> would be set to.</summary>
    public Uri Address => _server.Address;

    public static async Task<PubSubServer> StartAsync(TimeProvider clock)
    {
        MessageBroker broker = new(clock);
        FaultPlan faults = new();
        LoopbackServer server = await LoopbackServer.StartGrpcAsync(
            services => services.AddSingleton(broker).AddSingleton(faults),
            application =>
            {
                application.MapGrpcService<PublisherService>();
                application.MapGrpcService<SubscriberService>();
                application.MapGrpcService<PolicyService>();
            });
        return new PubSubServer(server, broker, faults);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
