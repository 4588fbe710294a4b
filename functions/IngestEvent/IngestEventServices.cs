using Aisle.Http;
using Aisle.IngestEvent.Collecting;
using Aisle.IngestEvent.Delivery;
using Aisle.IngestEvent.Features;
using Aisle.IngestEvent.Products;
using Aisle.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.IngestEvent;

/// <summary>Registers the function. The host brings the ports, <see cref="TimeProvider"/>, <see cref="ApiKeys"/>
/// and the pseudonymizer.</summary>
public static class IngestEventServices
{
    /// <summary>The collector and the event function, without a pump: something pushes.</summary>
    /// <param name="services">Where to register.</param>
    /// <param name="deliveryRole">Who may deliver messages over HTTP.</param>
    public static IServiceCollection AddIngestEvent(this IServiceCollection services, ApiRole deliveryRole)
    {
        services.AddSingleton<IngestMetrics>();
        services.AddSingleton<EventCollector>();
        services.AddSingleton<FeatureUpdater>();
        services.AddSingleton<FeatureReader>();
        services.AddSingleton<KnownProducts>();
        services.AddSingleton<EventIngester>();
        services.AddSingleton(new Admission(Admission.DefaultMaxBytes));
        services.AddSingleton<IdentityMerger>();
        services.AddSingleton<CatalogueEditor>();
        services.AddSingleton<CollectEventsEndpoint>();
        services.AddSingleton(provider => new IngestEventEndpoint(
            provider.GetRequiredService<EventIngester>(), provider.GetRequiredService<IEventQueue>(), provider.GetRequiredService<ApiKeys>(), deliveryRole,
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }

    /// <summary>Pumps the queue in this process, where nothing pushes.</summary>
    public static IServiceCollection AddIngestWorker(this IServiceCollection services, IngestWorkerOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<DeliveryRescuer>();
        services.AddSingleton<IngestWorker>();
        services.AddHostedService(provider => provider.GetRequiredService<IngestWorker>());
        return services;
    }
}
