using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Aisle.GoogleCloud.Tests.EntryPoints;

/// <summary>What a deployed service finds around it: environment variables and a clock, which here stands. Comes
/// after the service's own startup.</summary>
public sealed class Surroundings(IReadOnlyDictionary<string, string?> variables) : FunctionsStartup
{
    public override void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration) =>
        configuration.AddInMemoryCollection(variables);

    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(Testing.Some.Instant));
}
