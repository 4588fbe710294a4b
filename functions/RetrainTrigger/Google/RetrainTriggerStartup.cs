using Aisle.GoogleCloud;
using Aisle.Http;
using Google.Cloud.Functions.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Aisle.RetrainTrigger.GoogleCloud;

/// <summary>Plugs Google's services into the retrainer. A run's files lie on the bucket, so that another instance resumes what a killed one has begun.</summary>
public sealed class RetrainTriggerStartup : FunctionsStartup
{
    /// <inheritdoc/>
    public override void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
        GoogleOptions google = GoogleOptionsReader.Read(context.Configuration);
        services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(ApiKeysReader.Read(context.Configuration))
            .AddSingleton(PseudonymKeyReader.Read(context.Configuration))
            .AddGoogleStores(google)
            .AddRetrainTrigger(new RetrainOptions { RunsFolder = Path.Combine(google.ModelsFolder, ".runs") });
    }
}
