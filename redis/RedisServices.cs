using Aisle.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.Redis;

/// <summary>Plugs the cache in front of whatever store a host has.</summary>
public static class RedisServices
{
    /// <summary>Puts the cache before the <see cref="ICandidateStore"/> that was registered last; without a configuration nothing changes.</summary>
    /// <param name="services">The container, with a candidate store and a clock.</param>
    /// <param name="configuration">The value of <c>AISLE_REDIS</c>, see <see cref="RedisShards.Connect"/>; null or blank for none.</param>
    /// <exception cref="InvalidOperationException">No store is registered, or the configuration is not understood.</exception>
    public static IServiceCollection AddCandidateCache(this IServiceCollection services, string? configuration)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (string.IsNullOrWhiteSpace(configuration))
        {
            return services;
        }

        Check(configuration);
        ServiceDescriptor store = services.LastOrDefault(service => service.ServiceType == typeof(ICandidateStore))
            ?? throw new InvalidOperationException("Register a candidate store before its cache.");
        services.Remove(store);
        return services
            .AddSingleton(_ => RedisShards.Connect(configuration, "aisle"))
            .AddSingleton<RedisCandidateStore>()
            .AddSingleton<ICandidateStore>(provider => new CandidateCache(
                provider.GetRequiredService<RedisCandidateStore>(), Make(store, provider), provider.GetRequiredService<TimeProvider>()));
    }

    private static void Check(string configuration)
    {
        try
        {
            foreach (string part in configuration.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            {
                RedisShards.OptionsOf(part);
            }
        }
        catch (ArgumentException unknown)
        {
            throw new InvalidOperationException($"AISLE_REDIS cannot be used ({unknown.Message}). Set it to host:port, such as localhost:6379, with a semicolon between servers.", unknown);
        }
    }

    private static ICandidateStore Make(ServiceDescriptor store, IServiceProvider provider) => (ICandidateStore)(
        store.ImplementationInstance
        ?? store.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, store.ImplementationType!));
}
