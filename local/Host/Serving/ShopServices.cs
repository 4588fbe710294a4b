using Aisle.Host.State;

namespace Aisle.Host.Serving;

/// <summary>Plugs the functions and the embedded stores together.</summary>
internal static class ShopServices
{
    /// <summary>Registers everything that a shop on one machine needs.</summary>
    public static IServiceCollection AddShop(this IServiceCollection services, StateFolder folder)
    {
        KeyFile keys = KeyFile.LoadOrCreate(folder);
        return services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(folder)
            .AddSingleton(keys)
            .AddSingleton(keys.ToApiKeys())
            .AddSingleton<EndpointDispatcher>();
    }
}
