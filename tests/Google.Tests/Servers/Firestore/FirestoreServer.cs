using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.GoogleCloud.Tests.Servers.Firestore;

/// <summary>A Firestore in this process, to which the real client library connects.</summary>
internal sealed class FirestoreServer : IAsyncDisposable
{
    private readonly LoopbackServer _server;

    private FirestoreServer(LoopbackServer server, FaultPlan faults)
    {
        _server = server;
        Faults = faults;
    }

    /// <summary>Faults to meet.</summary>
    public FaultPlan Faults { get; }

    /// <summary>What <c>FIRESTORE_EMULATOR_HOST</c> would be set to.</summary>
    public Uri Address => _server.Address;

    public static async Task<FirestoreServer> StartAsync(TimeProvider clock)
    {
        FaultPlan faults = new();
        LoopbackServer server = await LoopbackServer.StartGrpcAsync(
            services => services.AddSingleton(new DocumentStore(clock)).AddSingleton<TransactionLog>().AddSingleton(faults),
            application => application.MapGrpcService<FirestoreService>());
        return new FirestoreServer(server, faults);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
